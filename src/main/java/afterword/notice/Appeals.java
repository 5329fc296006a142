package afterword.notice;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Takes appeals against decisions that were given reasons for. */
public final class Appeals {
  private final Database database;
  private final AuditStore audit;
  private final Clock clock;
  private final Statements statements = new Statements();

  public Appeals(Database database, AuditStore audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** Of the author, against what took the comment down. Twice is once. */
  public Future<Void> ofAuthor(PublicId comment, String text) {
    return take(comment, Optional.empty(), 0, text);
  }

  /** Of a notice's sender, against the last decision on it. Twice is once. */
  Future<Void> ofSender(PublicId notice, NoticeStore.Sent sent, String text) {
    return take(
        sent.comment(), Optional.of(notice.row()), sent.decision().orElse(Long.MAX_VALUE), text);
  }

  private Future<Void> take(
      PublicId comment, Optional<Long> notice, long firstDecision, String text) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database.write(
        tx ->
            NoticeStore.lock(tx, comment)
                .compose(locked -> statements.since(tx, comment, notice, firstDecision))
                .map(decisions -> last(decisions, notice))
                .compose(
                    decision ->
                        decision.appealedAt().isPresent()
                            ? Future.succeededFuture()
                            : add(tx, comment, notice, decision, text, now)));
  }

  private static Reasoned last(List<Reasoned> decisions, Optional<Long> notice) {
    if (decisions.isEmpty()) throw nothingDecided();
    Reasoned last = decisions.get(decisions.size() - 1);
    if (last.statement().isEmpty() || notice.isEmpty() && !last.tellsAuthor())
      throw nothingDecided();
    return last;
  }

  private static final String ADD =
      """
      insert into appeal (site_id, id, decision_id, comment_id, notice_id, text, created_at)
      select site_id, nextval('appeal_id'), id, $3, $4, $5, $6
      from decision where site_id = $1 and id = $2 and undone_at is null
      for share
      on conflict do nothing
      """;

  private Future<Void> add(
      SqlConnection tx,
      PublicId comment,
      Optional<Long> notice,
      Reasoned decision,
      String text,
      Instant now) {
    if (!decision.mayBeAppealed(now)) return Future.failedFuture(over());
    Tuple parameters =
        Tuple.of(
            comment.site(),
            decision.decision(),
            comment.row(),
            notice.orElse(null),
            text,
            now.atOffset(ZoneOffset.UTC));
    var entry =
        new AuditEntry(
            comment.site(),
            now,
            notice.isPresent() ? "readers" : "author",
            "appeal",
            "comment:" + comment.row());
    return tx.preparedQuery(ADD)
        .execute(parameters)
        .compose(
            added -> added.rowCount() == 0 ? Future.succeededFuture() : audit.append(tx, entry));
  }

  private static final String ALONE =
      """
      select count(*) < 2 from site_role r join moderator m on m.id = r.moderator_id and m.disabled_at is null
      where r.site_id = $1 and r.role <> 'viewer'
      """;

  /** Whether there is nobody else who could answer an appeal. */
  Future<Boolean> alone(int site) {
    return database
        .readCurrent(client -> client.preparedQuery(ALONE).execute(Tuple.of(site)))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** What an appeal is answered that has nothing to be against. */
  public static FailureException nothingDecided() {
    return new FailureException(
        new Failure.Conflict(
            Problem.CONFLICT,
            "There is no decision with a statement of reasons to appeal against."));
  }

  private static FailureException over() {
    return new FailureException(
        new Failure.Conflict(
            Problem.CONFLICT,
            "The time to appeal is over, or an appeal has been answered already."));
  }
}
