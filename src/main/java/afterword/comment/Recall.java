package afterword.comment;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.comment.StatusChange.Changed;
import afterword.comment.StatusChange.Wanted;
import afterword.db.Database;
import afterword.events.EventFeed;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.rules.Reason;
import afterword.rules.Urgency;
import afterword.rules.Verdict;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends back to the queue what was published of a campaign before there was enough of it to be
 * seen. A moderator's decision stands, and so does what somebody known wrote.
 */
final class Recall {
  private static final String REASON = Reason.NEAR_DUPLICATE.code();

  private final Database database;
  private final AuditStore audit;
  private final EventFeed feed;
  private final StatusChange statuses = new StatusChange();

  Recall(Database database, AuditStore audit, EventFeed feed) {
    this.database = database;
    this.audit = audit;
    this.feed = feed;
  }

  /** A comment that goes back, and when it is due there. */
  private record Found(Wanted wanted, Instant dueAt) {}

  /** After a comment was stored. Nothing where it is not the one that makes it enough. */
  Future<Void> after(NewComment comment) {
    if (!isDue(comment.site(), comment.judged().verdict())) return Future.succeededFuture();
    return database
        .write(tx -> find(tx, comment).compose(found -> takeBack(tx, comment, found)))
        .onSuccess(changed -> changed.forEach(one -> feed.announce(one.event())))
        .mapEmpty();
  }

  static boolean isDue(Site site, Verdict verdict) {
    return site.settings().checks().recallNearDuplicates()
        && verdict instanceof Verdict.Hold hold
        && hold.reasons().contains(Reason.NEAR_DUPLICATE);
  }

  /**
   * Of the last day and the newest 64 that share a print, however many did before; from others,
   * decided by nobody. Where the new one has a link, what has none may be what the others were
   * copied from.
   */
  private static final String FIND =
      """
      select c.id, c.version, c.created_at, coalesce((c.notes ->> 'score')::float8, 0)
      from (
        select same.comment_id
        from unnest($3::bigint[]) as own (print)
          cross join lateral (
            select comment_id, created_at from text_print
            where site_id = $1 and print = own.print and comment_id <> $2
            order by comment_id desc limit 64) same
        where same.created_at > $4
        group by same.comment_id having count(*) >= $5::int
      ) alike
      join comment c on c.site_id = $1 and c.id = alike.comment_id
      where c.status = 'published' and c.decided_at is null and c.badge is null
        and (c.commenter_id is null or c.commenter_id is distinct from $6)
        and c.range_hash is distinct from $7
        and (cardinality(c.link_hosts) > 0 or not $8::boolean)
        and not exists (
          select from comment known
          where known.site_id = $1 and known.commenter_id = c.commenter_id
            and known.status = 'published' and known.decided_at is not null)
      order by c.id
      """;

  private static Future<List<Found>> find(SqlConnection tx, NewComment comment) {
    Tuple parameters =
        Tuple.tuple()
            .addInteger(comment.site().id())
            .addLong(comment.id().row())
            .addArrayOfLong(comment.prints().text().kept())
            .addOffsetDateTime(utc(comment.now().minus(FactStore.A_DAY)))
            .addInteger(NearPrints.ENOUGH)
            .addLong(comment.known().commenterId())
            .addBuffer(Buffer.buffer(comment.prints().range()))
            .addBoolean(!comment.body().links().isEmpty());
    return tx.preparedQuery(FIND)
        .execute(parameters)
        .map(rows -> rows.stream().map(row -> found(comment.site().id(), row)).toList());
  }

  private static Found found(int site, Row row) {
    var id = new PublicId(site, row.getLong(0));
    Instant createdAt = row.getOffsetDateTime(2).toInstant();
    return new Found(
        new Wanted(id, row.getInteger(1), Status.PENDING, null),
        Urgency.dueAt(createdAt, List.of(Reason.NEAR_DUPLICATE), row.getDouble(3), 1));
  }

  private Future<List<Changed>> takeBack(SqlConnection tx, NewComment comment, List<Found> found) {
    if (found.isEmpty()) return Future.succeededFuture(List.of());
    int site = comment.site().id();
    Instant now = comment.now();
    return statuses
        .apply(tx, site, found.stream().map(Found::wanted).toList(), now)
        .map(results -> results.stream().filter(Changed::changed).toList())
        .compose(
            changed ->
                mark(tx, site, changed, found, now).compose(marked -> record(tx, changed, now)));
  }

  private static final String MARK =
      """
      update comment set reasons = array[$4::text], due_at = item.due_at,
        notes = coalesce(notes, '{}') || jsonb_build_object('recalledAt', $5::text)
      from unnest($2::bigint[], $3::timestamptz[]) as item (id, due_at)
      where comment.site_id = $1 and comment.id = item.id
      """;

  /** Says in the queue why they are back. */
  private static Future<RowSet<Row>> mark(
      SqlConnection tx, int site, List<Changed> changed, List<Found> found, Instant now) {
    Map<PublicId, Instant> idToDueAt = new HashMap<>();
    found.forEach(one -> idToDueAt.put(one.wanted.id(), one.dueAt));
    return tx.preparedQuery(MARK)
        .execute(
            Tuple.of(
                site,
                changed.stream().map(one -> one.id().row()).toArray(Long[]::new),
                changed.stream()
                    .map(one -> utc(idToDueAt.get(one.id())))
                    .toArray(OffsetDateTime[]::new),
                REASON,
                now.toString()));
  }

  private Future<List<Changed>> record(SqlConnection tx, List<Changed> changed, Instant now) {
    Future<Void> recorded = Future.succeededFuture();
    for (Changed one : changed)
      recorded = recorded.compose(before -> audit.append(tx, entry(one, now)));
    return recorded.map(changed);
  }

  private static AuditEntry entry(Changed c, Instant now) {
    return new AuditEntry(
        c.id().site(),
        now,
        "rules",
        "hold",
        "comment:" + c.id().row(),
        c.version(),
        c.before(),
        c.status(),
        REASON,
        c.textHash());
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
