package afterword.moderation;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.auth.Moderator;
import afterword.comment.Erasure;
import afterword.comment.ModeratorChange;
import afterword.comment.ModeratorChange.Done;
import afterword.comment.StatusChange;
import afterword.comment.StatusChange.Changed;
import afterword.comment.StatusChange.Wanted;
import afterword.db.Database;
import afterword.events.EventFeed;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Problem;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.notice.NoticeErasure;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What moderators do to one comment besides deciding on it. Each is audited where it happens. */
final class CommentAdmin {
  private final Database database;
  private final ModeratorChange changes;
  private final StatusChange statuses = new StatusChange();
  private final Erasure erasure = new Erasure();
  private final NoticeErasure notices = new NoticeErasure();
  private final Decide decide;
  private final AuditStore audit;
  private final EventFeed feed;
  private final Clock clock;

  CommentAdmin(
      Database database,
      ModeratorChange changes,
      Decide decide,
      AuditStore audit,
      EventFeed feed,
      Clock clock) {
    this.database = database;
    this.changes = changes;
    this.decide = decide;
    this.audit = audit;
    this.feed = feed;
    this.clock = clock;
  }

  /**
   * What shall be different.
   *
   * @param version that the new body was written on
   */
  record Change(
      Optional<String> body, int version, Optional<Boolean> pinned, Optional<Boolean> locked) {}

  Future<Void> change(Moderator moderator, Site site, PublicId id, Change change) {
    Instant now = now();
    return told(
        tx ->
            edited(tx, moderator, site, id, change, now)
                .compose(
                    edited ->
                        marked(tx, moderator, id, change, now)
                            .map(marked -> Stream.concat(edited.stream(), marked.stream()))));
  }

  /** Listeners hear of it after the commit. */
  private Future<Void> told(Function<SqlConnection, Future<Stream<Done>>> change) {
    return database
        .write(change)
        .onSuccess(done -> done.map(Done::event).forEach(feed::announce))
        .mapEmpty();
  }

  private Future<Optional<Done>> edited(
      SqlConnection tx, Moderator moderator, Site site, PublicId id, Change change, Instant now) {
    if (change.body.isEmpty()) return Future.succeededFuture(Optional.empty());
    return changes
        .edit(tx, site, id, change.version, change.body.get(), now)
        .compose(
            done ->
                done.map(d -> audit.append(tx, entry(moderator, "edit", d, now)).map(done))
                    .orElseGet(() -> Future.failedFuture(changedMeanwhile())));
  }

  private Future<Optional<Done>> marked(
      SqlConnection tx, Moderator moderator, PublicId id, Change change, Instant now) {
    if (change.pinned.isEmpty() && change.locked.isEmpty())
      return Future.succeededFuture(Optional.empty());
    return changes
        .mark(tx, id, change.pinned.orElse(null), change.locked.orElse(null), now)
        .compose(
            done -> {
              if (done.isEmpty()) return Future.succeededFuture(done);
              AuditEntry entry = entry(moderator, "mark", done.get(), now).because(words(change));
              return audit.append(tx, entry).map(done);
            });
  }

  private static String words(Change change) {
    String pin = change.pinned.map(on -> on ? "pin " : "unpin ").orElse("");
    return (pin + change.locked.map(on -> on ? "lock" : "unlock").orElse("")).strip();
  }

  /** Deleted for readers at once, and its texts for ever. */
  Future<Void> erase(Moderator moderator, PublicId id, int version) {
    Instant now = now();
    var wanted = List.of(new Wanted(id, version, Status.DELETED, now));
    return database
        .write(
            tx ->
                statuses
                    .apply(tx, id.site(), wanted, now)
                    .compose(results -> deleted(tx, moderator, results, now))
                    .compose(deleted -> notices.ofComments(tx, id.site(), id.row()))
                    .compose(erased -> erasure.erase(tx, id.site(), new Long[] {id.row()}, now))
                    .compose(done -> erased(tx, moderator, done, now)))
        .onSuccess(done -> feed.announce(done.event()))
        .mapEmpty();
  }

  /** What somebody else decided on meanwhile is not erased unseen: there is no way back. */
  private Future<Void> deleted(
      SqlConnection tx, Moderator moderator, List<Changed> results, Instant now) {
    if (results.stream().anyMatch(one -> one.status() != Status.DELETED))
      return Future.failedFuture(changedMeanwhile());
    return audit.append(tx, deletions(results, moderator, now));
  }

  private Future<Done> erased(SqlConnection tx, Moderator moderator, List<Done> done, Instant now) {
    if (done.isEmpty()) return Future.failedFuture(changedMeanwhile());
    Done erased = done.get(0);
    return audit.append(tx, entry(moderator, "erase", erased, now)).map(erased);
  }

  private static List<AuditEntry> deletions(
      List<Changed> results, Moderator moderator, Instant now) {
    return results.stream()
        .filter(Changed::changed)
        .map(
            c ->
                new AuditEntry(
                    c.id().site(),
                    now,
                    moderator.actor(),
                    "delete",
                    "comment:" + c.id().row(),
                    c.version(),
                    c.before(),
                    c.status(),
                    "erase",
                    null))
        .toList();
  }

  /**
   * An answer in the name of the site. Who answers what still waits approves it with that.
   *
   * @param decision that approved the parent, to be taken back like any; empty where it was
   */
  record Replied(PublicId id, Optional<Long> decision) {}

  Future<Replied> reply(
      Moderator moderator, Site site, PublicId parent, int version, Status status, String body) {
    Instant now = now();
    var approval = new Decide.Request(Action.APPROVE, Map.of(parent, version), null, null);
    return database
        .write(
            tx ->
                (status == Status.PENDING
                        ? decide
                            .decide(tx, moderator, approval, now)
                            .map(told -> Heeding.somethingLeft(told.refused(), 1, told))
                            .map(Optional::of)
                        : Future.succeededFuture(Optional.<Decide.Told>empty()))
                    .compose(
                        approved ->
                            changes
                                .reply(tx, site, parent, moderator.name(), body, now)
                                .compose(done -> replied(tx, moderator, done, now))
                                .map(done -> new Answered(done, approved))))
        .map(
            answered -> {
              answered.approved.ifPresent(told -> decide.announced(told, List.of(parent)));
              feed.announce(answered.done.event());
              return new Replied(answered.done.id(), answered.approved.map(Decide.Told::decision));
            });
  }

  private record Answered(Done done, Optional<Decide.Told> approved) {}

  private Future<Done> replied(
      SqlConnection tx, Moderator moderator, Optional<Done> done, Instant now) {
    if (done.isEmpty()) return Future.failedFuture(notPublished());
    Done d = done.get();
    var entry =
        new AuditEntry(
            d.id().site(),
            now,
            moderator.actor(),
            "reply",
            "comment:" + d.id().row(),
            d.version(),
            null,
            Status.PUBLISHED,
            null,
            d.textHash());
    return audit.append(tx, entry).map(d);
  }

  private static AuditEntry entry(Moderator moderator, String action, Done d, Instant now) {
    return new AuditEntry(
        d.id().site(),
        now,
        moderator.actor(),
        action,
        "comment:" + d.id().row(),
        d.version(),
        null,
        null,
        null,
        d.textHash());
  }

  private static FailureException changedMeanwhile() {
    return new FailureException(
        new Failure.Conflict(
            Problem.CONFLICT, "The comment has changed since. Look at it and try again."));
  }

  private static FailureException notPublished() {
    return FailureException.invalid(
        List.of(
            new FieldError(
                "/id", "not-published", "Only what is published, or waits, can be answered.")));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
