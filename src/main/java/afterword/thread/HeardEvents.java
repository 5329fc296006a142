package afterword.thread;

import afterword.events.Event;
import afterword.events.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which transactions changed a thread, as far as this process has heard: what a replica answers
 * must have them, or it is older than what readers were shown or told of.
 */
final class HeardEvents {
  /** Beyond so many threads, all are held to the newest transaction. */
  private static final int REMEMBERED = 10_000;

  /** Its position will come; until then no replica is known to have it. */
  private static final long NOT_PLACED_YET = -1;

  private record Scope(int site, long thread) {}

  private final Map<Scope, Long> scopeToTransaction = new HashMap<>();
  private long newest;

  /** What each answer must have, of whatever thread. */
  private Optional<Long> least = Optional.empty();

  /**
   * @param position empty where this process has just committed it
   */
  synchronized void heard(Event event, Optional<Position> position) {
    if (event.kind() == Event.Kind.COMMENT_VOTED) return; // not shown until it is folded
    long transaction = position.map(Position::xid).orElse(NOT_PLACED_YET);
    if (position.isPresent()) newest = transaction;
    if (scopeToTransaction.size() > REMEMBERED) {
      scopeToTransaction.clear();
      if (least.isPresent()) least = Optional.of(newest);
    }
    scopeToTransaction.put(new Scope(event.siteId(), event.threadId()), transaction);
    scopeToTransaction.put(new Scope(event.siteId(), ReadCache.WHOLE_SITE), transaction);
  }

  /** Events may have been missed: nothing is known until it {@link #begin begins} again. */
  synchronized void forget() {
    scopeToTransaction.clear();
    least = Optional.empty();
  }

  /** All that happened up to there is asked of every answer, what happens later is heard. */
  synchronized void begin(Position position) {
    if (least.isEmpty()) least = Optional.of(position.xid());
  }

  /**
   * @param threads what the answer depends on
   * @param before the answer has all that transactions before this one have changed
   */
  synchronized boolean areIn(int site, Set<Long> threads, long before) {
    return least.filter(transaction -> isBefore(transaction, before)).isPresent()
        && threads.stream().allMatch(thread -> isBefore(latest(site, thread), before));
  }

  synchronized int size() {
    return scopeToTransaction.size();
  }

  /** Where the replica knows no such page, any event of the site may have made it. */
  private long latest(int site, long thread) {
    long scope = thread == ReadCache.UNKNOWN_PAGE ? ReadCache.WHOLE_SITE : thread;
    return scopeToTransaction.getOrDefault(new Scope(site, scope), 0L);
  }

  private static boolean isBefore(long transaction, long before) {
    return Long.compareUnsigned(transaction, before) < 0;
  }
}
