package afterword.moderation;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.comment.StatusChange;
import afterword.comment.StatusChange.Changed;
import afterword.comment.StatusChange.Result;
import afterword.comment.StatusChange.Wanted;
import afterword.db.Database;
import afterword.events.EventFeed;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.model.Status;
import afterword.moderation.DecisionStore.TakeBack;
import afterword.moderation.Outcome.Attempt;
import afterword.notice.Named;
import afterword.notice.Statement;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries out a moderator's decision on many comments, or takes one back: all in one transaction.
 */
public final class Decide {
  static final Duration UNDO_WITHIN = Duration.ofMinutes(10);

  private final Database database;
  private final DecisionStore decisions = new DecisionStore();
  private final SpamRanges spamRanges = new SpamRanges();
  private final Heeding heeding = new Heeding();
  private final StatusChange statuses = new StatusChange();
  private final AuditStore audit;
  private final EventFeed feed;
  private final Clock clock;
  private final ObjIntConsumer<String> decided;

  /**
   * @param decided is told the action's word ("undo" too) and how many comments it changed
   */
  public Decide(
      Database database,
      AuditStore audit,
      EventFeed feed,
      Clock clock,
      ObjIntConsumer<String> decided) {
    this.database = database;
    this.audit = audit;
    this.feed = feed;
    this.clock = clock;
    this.decided = decided;
  }

  /** The words that {@code decided} is told. */
  static List<String> words() {
    return Stream.concat(Arrays.stream(Action.values()).map(Action::word), Stream.of("undo"))
        .toList();
  }

  /**
   * What a moderator wants done with which version of which comments.
   *
   * @param statement why, for the people it is about; empty where nobody has to be told
   * @param settles what the statement answers; to be said where something waits
   */
  record Request(
      Action action,
      Map<PublicId, Integer> idToVersion,
      String reason,
      String note,
      Optional<Statement> statement,
      Optional<Named> settles) {
    Request(Action action, Map<PublicId, Integer> idToVersion, String reason, String note) {
      this(action, idToVersion, reason, note, Optional.empty(), Optional.empty());
    }
  }

  /**
   * Comments on sites where the moderator may not decide are gone, as if they were not there. What
   * waits for a statement or for somebody else is left out; fails where that is all there is.
   */
  Future<Outcome> decide(Moderator moderator, Request request) {
    return database
        .write(
            tx ->
                decide(tx, moderator, request, clock.instant())
                    .map(
                        told ->
                            Heeding.somethingLeft(told.refused, request.idToVersion.size(), told)))
        .map(told -> announced(told, request.idToVersion.keySet()));
  }

  /** In somebody's transaction; to be announced after its commit. */
  Future<Told> decide(SqlConnection tx, Moderator moderator, Request request, Instant now) {
    return lock(tx, bySite(moderator, request, now))
        .compose(locked -> heeding.of(tx, moderator, request))
        .compose(
            heeded ->
                decisions
                    .nextId(tx)
                    .compose(
                        id ->
                            change(
                                    tx,
                                    bySite(moderator, heeded.request(), now),
                                    now,
                                    heeded::standing,
                                    recording(moderator, request, id, now))
                                .map(
                                    attempts ->
                                        new Told(
                                            request.action.word(),
                                            id,
                                            attempts,
                                            heeded.refused()))));
  }

  private Recorder recording(Moderator moderator, Request request, long id, Instant now) {
    return (tx, site, changed) ->
        changed.isEmpty()
            ? Future.succeededFuture()
            : decisions
                .add(
                    tx,
                    site,
                    id,
                    moderator.id(),
                    request.action,
                    request.reason,
                    request.note,
                    changed,
                    now)
                .compose(
                    added ->
                        audit(tx, changed, moderator, request.action.word(), request.reason, now))
                .compose(audited -> heeding.settle(tx, site, id, request, changed, now))
                .compose(settled -> spamRanges.judge(tx, site, spam(changed), now));
  }

  /** What is known of a comment from here on stays true until the commit. */
  private Future<Void> lock(SqlConnection tx, Map<Integer, List<Wanted>> siteToWanted) {
    Future<Void> all = Future.succeededFuture();
    for (var entry : new TreeMap<>(siteToWanted).entrySet()) {
      Long[] ids = entry.getValue().stream().map(w -> w.id().row()).toArray(Long[]::new);
      all = all.compose(before -> statuses.lock(tx, entry.getKey(), ids));
    }
    return all;
  }

  private static List<Long> spam(List<Changed> changed) {
    return changed.stream().filter(c -> c.status() == Status.SPAM).map(c -> c.id().row()).toList();
  }

  /** Brings back what was before, but for comments that somebody has decided on since. */
  Future<Outcome> undo(Moderator moderator, long id) {
    Instant now = clock.instant();
    return database
        .write(
            tx ->
                decisions
                    .items(tx, moderator.sites(Role.MODERATOR), id)
                    .compose(items -> lock(tx, wanted(items)))
                    .compose(locked -> heeding.mayUndo(tx, moderator, id))
                    .compose(
                        locked ->
                            decisions.claimUndo(
                                tx,
                                id,
                                moderator.sites(Role.MODERATOR),
                                moderator.id(),
                                now,
                                now.minus(UNDO_WITHIN)))
                    .compose(
                        items ->
                            items.isEmpty()
                                ? nothingToUndo()
                                : change(
                                    tx,
                                    wanted(items),
                                    now,
                                    comment -> Heeding.stoodBefore(items, comment),
                                    undoing(moderator, items, id, now)))
                    .map(attempts -> new Told("undo", id, attempts, Map.of())))
        .map(told -> announced(told, told.attempts.stream().map(a -> a.comment().id()).toList()));
  }

  private static Map<Integer, List<Wanted>> wanted(Map<Integer, List<TakeBack>> siteToItems) {
    return siteToItems.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> e.getValue().stream().map(TakeBack::wanted).toList()));
  }

  private Recorder undoing(
      Moderator moderator, Map<Integer, List<TakeBack>> siteToItems, long id, Instant now) {
    return (tx, site, changed) -> {
      List<TakeBack> items = siteToItems.get(site);
      return audit(tx, changed, moderator, "undo", null, now)
          .compose(audited -> heeding.reopen(tx, site, id, changed))
          .compose(reopened -> decisions.standingAgain(tx, site, items, changed))
          .compose(
              done -> decisions.keep(tx, site, id, others(items, changed), moderator.id(), now))
          .compose(kept -> spamRanges.reconsider(tx, site, wasSpam(changed)));
    };
  }

  private static List<Long> others(List<TakeBack> items, List<Changed> changed) {
    Set<PublicId> takenBack = changed.stream().map(Changed::id).collect(Collectors.toSet());
    return items.stream()
        .map(item -> item.wanted().id())
        .filter(id -> !takenBack.contains(id))
        .map(PublicId::row)
        .toList();
  }

  private static List<Long> wasSpam(List<Changed> changed) {
    return changed.stream().filter(c -> c.before() == Status.SPAM).map(c -> c.id().row()).toList();
  }

  /**
   * A decision carried out, of which nobody has heard yet.
   *
   * @param refused comments that were left out, each with the word for why
   */
  record Told(String action, long decision, List<Attempt> attempts, Map<PublicId, String> refused) {
    int changed() {
      return (int) attempts.stream().filter(attempt -> attempt.comment().changed()).count();
    }
  }

  private interface Recorder {
    Future<Void> record(SqlConnection tx, int site, List<Changed> changed);
  }

  /**
   * One site after the other, in the order of their numbers: no two decisions wait for each other.
   */
  private Future<List<Attempt>> change(
      SqlConnection tx,
      Map<Integer, List<Wanted>> siteToWanted,
      Instant now,
      UnaryOperator<Changed> standing,
      Recorder recorder) {
    Future<List<Attempt>> all = Future.succeededFuture(new ArrayList<>());
    for (var entry : new TreeMap<>(siteToWanted).entrySet()) {
      all =
          all.compose(
              attempts ->
                  change(tx, entry.getKey(), entry.getValue(), now, standing, recorder)
                      .map(
                          more -> {
                            attempts.addAll(more);
                            return attempts;
                          }));
    }
    return all;
  }

  private Future<List<Attempt>> change(
      SqlConnection tx,
      int site,
      List<Wanted> wanted,
      Instant now,
      UnaryOperator<Changed> standing,
      Recorder recorder) {
    return statuses
        .apply(tx, site, wanted, now)
        .map(comments -> comments.stream().map(standing).toList())
        .compose(comments -> heeding.raised(tx, statuses, site, wanted, comments, now))
        .compose(
            comments -> {
              List<Changed> changed = comments.stream().filter(Changed::changed).toList();
              return recorder
                  .record(tx, site, changed)
                  .compose(recorded -> decisions.lastDeciders(tx, site, lost(comments)))
                  .map(
                      names ->
                          comments.stream()
                              .map(c -> new Attempt(c, names.get(c.id().row())))
                              .toList());
            });
  }

  private static List<Long> lost(List<Changed> comments) {
    return comments.stream()
        .filter(c -> c.result() == Result.CONFLICT)
        .map(c -> c.id().row())
        .toList();
  }

  private static Map<Integer, List<Wanted>> bySite(
      Moderator moderator, Request request, Instant now) {
    Set<Integer> sites = moderator.sites(Role.MODERATOR);
    return request.idToVersion.entrySet().stream()
        .filter(item -> sites.contains(item.getKey().site()))
        .map(item -> new Wanted(item.getKey(), item.getValue(), request.action.status(), now))
        .collect(Collectors.groupingBy(wanted -> wanted.id().site()));
  }

  Outcome announced(Told told, Collection<PublicId> asked) {
    told.attempts.stream()
        .map(Attempt::comment)
        .filter(Changed::changed)
        .map(Changed::event)
        .forEach(feed::announce);
    decided.accept(told.action, told.changed());
    return Outcome.of(told, asked);
  }

  private Future<Void> audit(
      SqlConnection tx,
      List<Changed> changed,
      Moderator moderator,
      String action,
      String reason,
      Instant now) {
    return audit.append(
        tx, changed.stream().map(c -> entry(c, moderator, action, reason, now)).toList());
  }

  private static AuditEntry entry(
      Changed c, Moderator moderator, String action, String reason, Instant now) {
    return new AuditEntry(
        c.id().site(),
        now,
        moderator.actor(),
        action,
        "comment:" + c.id().row(),
        c.version(),
        c.before(),
        c.status(),
        reason,
        c.textHash());
  }

  private static <T> Future<T> nothingToUndo() {
    return Future.failedFuture(
        FailureException.notFound(
            "There is nothing to take back: it is not yours, older than ten minutes, or taken back already."));
  }
}
