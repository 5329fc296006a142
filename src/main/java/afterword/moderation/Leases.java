package afterword.moderation;

import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.model.PublicId;
import afterword.notice.Settlement;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Deals comments to moderators so that no two of them look at the same one. */
final class Leases {
  static final Duration HELD = Duration.ofMinutes(2);

  /** Then it comes back to who handed it on: there may be nobody else. */
  static final Duration LEFT_TO_OTHERS = Duration.ofHours(1);

  /** With many at the table at once the first ones are gone when we reach for them. */
  private static final int ROUNDS = 8;

  private static final int OFFERED_PER_WANTED = 3;

  private final Database database;
  private final QueueStore queue;
  private final LeaseStore leases = new LeaseStore();
  private final Clock clock;

  Leases(Database database, QueueStore queue, Clock clock) {
    this.database = database;
    this.queue = queue;
    this.clock = clock;
  }

  /** What one moderator holds, in the order of the queue. */
  record Lease(long id, List<PublicId> comments, Instant expiresAt) {}

  /** Up to {@code n} comments that nobody holds; fewer where there are no more. */
  Future<Lease> deal(Moderator moderator, Collection<Integer> sites, Filter filter, int n) {
    Instant now = clock.instant();
    return database
        .write(
            tx ->
                leases
                    .sweep(tx, sites, now, now.minus(LEFT_TO_OTHERS))
                    .compose(swept -> leases.nextId(tx)))
        .compose(
            id ->
                more(
                    moderator,
                    sites,
                    answerable(filter, moderator),
                    n,
                    new Lease(id, List.of(), now.plus(HELD)),
                    1));
  }

  /** What somebody else has to answer is not withheld from them. */
  private static Filter answerable(Filter filter, Moderator moderator) {
    return filter.status().isPresent() ? filter : filter.and(forOthers(moderator).negated());
  }

  /** What waits and somebody else has to answer: to be looked at, and held by nobody. */
  Future<List<PublicId>> forOthers(
      Moderator moderator, Collection<Integer> sites, Filter filter, int n) {
    return queue.page(sites, filter.and(forOthers(moderator)), Optional.empty(), n);
  }

  private static Filter.Condition forOthers(Moderator moderator) {
    Long[] whoAndOwned =
        Stream.concat(
                Stream.of(moderator.id()),
                moderator.sites(Role.OWNER).stream().map(Integer::longValue))
            .toArray(Long[]::new);
    String sql = Settlement.others("(%1$s::bigint[])[1]", "(%1$s::bigint[])[2:]");
    return new Filter.Condition(sql, whoAndOwned, false);
  }

  private Future<Lease> more(
      Moderator moderator, Collection<Integer> sites, Filter filter, int n, Lease so, int round) {
    int missing = n - so.comments.size();
    Instant now = clock.instant();
    int offered = missing * OFFERED_PER_WANTED * round;
    return queue
        .page(sites, free(filter, moderator, now), Optional.empty(), offered)
        .compose(
            ids ->
                database
                    .write(
                        tx ->
                            leases.take(
                                tx,
                                so.id,
                                moderator.id(),
                                ids,
                                filter.status(),
                                missing,
                                now,
                                so.expiresAt))
                    .map(taken -> inOrder(taken, ids))
                    .compose(
                        taken -> {
                          var all = new ArrayList<>(so.comments);
                          all.addAll(taken);
                          var lease = new Lease(so.id, all, so.expiresAt);
                          boolean done =
                              all.size() >= n || ids.size() < offered && taken.size() == ids.size();
                          return done || ids.isEmpty() || round == ROUNDS
                              ? Future.succeededFuture(lease)
                              : more(moderator, sites, filter, n, lease, round + 1);
                        }));
  }

  /** What nobody holds, and the moderator has not left to others. */
  private static Filter free(Filter filter, Moderator moderator, Instant now) {
    return filter
        .and(
            new Filter.Condition(
                "not exists (select from lease l where l.site_id = c.site_id and l.comment_id = c.id"
                    + " and l.expires_at > %s)",
                now.atOffset(ZoneOffset.UTC), false))
        .and(
            new Filter.Condition(
                "not exists (select from handed_on h where h.site_id = c.site_id"
                    + " and h.comment_id = c.id and h.moderator_id = %s)",
                moderator.id(), false));
  }

  private static List<PublicId> inOrder(List<PublicId> taken, List<PublicId> order) {
    Map<PublicId, Integer> places = new HashMap<>();
    for (PublicId id : order) places.put(id, places.size());
    var sorted = new ArrayList<>(taken);
    sorted.sort(Comparator.comparing(places::get));
    return sorted;
  }

  /** Empty where it has run out or never was this moderator's. */
  Future<Optional<Lease>> renew(Moderator moderator, long id) {
    Instant now = clock.instant();
    Instant until = now.plus(HELD);
    return database
        .write(
            tx -> leases.renew(tx, id, moderator.id(), moderator.sites(Role.MODERATOR), now, until))
        .map(held -> held.isEmpty() ? Optional.empty() : Optional.of(new Lease(id, held, until)));
  }

  /** Somebody else may decide on it; whether there is such a comment. */
  Future<Boolean> handOn(Moderator moderator, PublicId comment) {
    Instant now = clock.instant();
    return database.write(tx -> leases.handOn(tx, comment, moderator.id(), now));
  }

  Future<Boolean> takeBack(Moderator moderator, PublicId comment) {
    return database.write(tx -> leases.takeBack(tx, comment, moderator.id()));
  }

  Future<Boolean> release(Moderator moderator, long id) {
    return database.write(tx -> leases.release(tx, id, moderator.id()));
  }
}
