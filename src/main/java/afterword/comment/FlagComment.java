package afterword.comment;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.comment.FlagStore.Flag;
import afterword.comment.StatusChange.Wanted;
import afterword.db.Database;
import afterword.events.EventFeed;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.rules.Reason;
import afterword.rules.Urgency;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Takes a reader's report, and sends the comment back to the queue once enough agree. */
public final class FlagComment {
  private final Database database;
  private final FlagStore flags = new FlagStore();
  private final StatusChange statuses = new StatusChange();
  private final AuditStore audit;
  private final EventFeed feed;
  private final Acquaintance acquaintance;
  private final Keys keys;
  private final Clock clock;

  public FlagComment(Database database, AuditStore audit, EventFeed feed, Keys keys, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.feed = feed;
    this.acquaintance = new Acquaintance(database, keys);
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * @param reason one of {@link FlagReason}'s words
   */
  public Future<Void> flag(
      Site site,
      PublicId comment,
      String commenterKey,
      String reason,
      Optional<String> note,
      Client client) {
    return flag(site, comment, commenterKey, FlagReason.of(reason).orElseThrow(), note, client);
  }

  /** Reporting twice changes nothing. Fails where the comment is not public. */
  Future<Void> flag(
      Site site,
      PublicId comment,
      String commenterKey,
      FlagReason reason,
      Optional<String> note,
      Client client) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var flag =
        new Flag(
            comment,
            keys.hash(Purpose.COMMENTER, Integer.toString(site.id()), commenterKey),
            Prints.range(keys, site, client),
            reason,
            note,
            now);
    return acquaintance
        .renew(site, Optional.of(commenterKey), client)
        .compose(
            renewed ->
                database.write(tx -> lock(tx, comment).compose(locked -> take(tx, site, flag))))
        .onSuccess(held -> held.ifPresent(changed -> feed.announce(changed.event())))
        .mapEmpty();
  }

  /** One at a time, so that the one that makes it enough sees all others. */
  private static Future<Void> lock(SqlConnection tx, PublicId comment) {
    return tx.preparedQuery(StatusChange.LOCK)
        .execute(
            Tuple.tuple().addInteger(comment.site()).addArrayOfLong(new Long[] {comment.row()}))
        .mapEmpty();
  }

  private Future<Optional<StatusChange.Changed>> take(SqlConnection tx, Site site, Flag flag) {
    return flags
        .add(tx, flag)
        .compose(
            found -> {
              var standing =
                  found
                      .filter(s -> s.status() == Status.PUBLISHED)
                      .orElseThrow(() -> FailureException.notFound("There is no such comment."));
              int enough = site.settings().checks().flagsToHold() * 100;
              return enough > 0 && standing.weight() >= enough
                  ? hold(tx, flag, standing)
                  : Future.succeededFuture(Optional.empty());
            });
  }

  private Future<Optional<StatusChange.Changed>> hold(
      SqlConnection tx, Flag flag, FlagStore.Standing standing) {
    PublicId id = flag.comment();
    var wanted = List.of(new Wanted(id, standing.version(), Status.PENDING, flag.now()));
    double heat = 1 + standing.weight() / 100.0;
    Instant dueAt =
        Urgency.dueAt(standing.createdAt(), List.of(Reason.FLAGGED), standing.score(), heat);
    return statuses
        .apply(tx, id.site(), wanted, flag.now())
        .map(results -> results.stream().filter(StatusChange.Changed::changed).findFirst())
        .compose(
            changed ->
                changed.isEmpty()
                    ? Future.succeededFuture(changed)
                    : flags
                        .mark(tx, id, dueAt)
                        .compose(marked -> audit.append(tx, entry(changed.get(), flag.now())))
                        .map(changed));
  }

  private static AuditEntry entry(StatusChange.Changed c, Instant now) {
    return new AuditEntry(
        c.id().site(),
        now,
        "readers",
        "hold",
        "comment:" + c.id().row(),
        c.version(),
        c.before(),
        c.status(),
        Reason.FLAGGED.code(),
        c.textHash());
  }
}
