package afterword.comment;

import afterword.model.Status;
import afterword.rules.Facts;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What earlier comments that would have fared otherwise change for later ones: who waits earns no
 * trust until a moderator has decided, what is refused is no earlier copy of anything, and nobody
 * answers what is not public.
 */
final class Counterfactual {
  /**
   * An earlier comment that would have been published, or stored, where it was not; or the other
   * way round.
   *
   * @param decidedAt after that a moderator's word counts, in both worlds: what is posted in the
   *     same moment has not seen it; null: never
   * @param refused there would have been no such comment
   * @param decided what it has become by the moderator's word
   */
  private record Turned(
      Instant at,
      Instant decidedAt,
      boolean published,
      boolean wouldBe,
      boolean refused,
      Status decided) {

    boolean isDecided(Instant now) {
      return decidedAt != null && decidedAt.isBefore(now);
    }

    int gained(Instant now) {
      if (at.isAfter(now)) return 0;
      boolean was = isDecided(now) ? decided == Status.PUBLISHED : published;
      boolean is = !refused && (isDecided(now) ? was : wouldBe);
      return (is ? 1 : 0) - (was ? 1 : 0);
    }

    /** Nobody turns down what is not there. */
    int spared(Instant now) {
      boolean turnedDown = decided == Status.REJECTED || decided == Status.SPAM;
      return refused && isDecided(now) && turnedDown ? 1 : 0;
    }
  }

  private record Refused(Instant at, long page, String print, Set<Long> near) {}

  private record Copy(Instant at, long page) {}

  private final Map<Long, List<Turned>> commenterToTurned = new HashMap<>();
  private final Map<Long, Turned> idToTurned = new HashMap<>();
  private final Deque<Refused> refused = new ArrayDeque<>();
  private final Map<String, List<Copy>> printToCopies = new HashMap<>();

  /** How many comments of the author would have been public. */
  int approved(JudgedThen then, Long commenter) {
    int gained = turnedOf(commenter).mapToInt(turned -> turned.gained(then.at())).sum();
    return Math.max(0, then.approved() + gained);
  }

  /** How many comments of the author moderators would have turned down. */
  int turnedDown(JudgedThen then, Long commenter) {
    int spared = turnedOf(commenter).mapToInt(turned -> turned.spared(then.at())).sum();
    return Math.max(0, then.turnedDown() - spared);
  }

  private Stream<Turned> turnedOf(Long commenter) {
    return commenterToTurned.getOrDefault(commenter, List.of()).stream();
  }

  /**
   * @param print of the text, as text
   * @param telling whether the same text on another page tells anything
   */
  Facts.Repeats repeats(JudgedThen then, long page, String print, boolean telling, Long[] near) {
    Instant now = then.at();
    while (!refused.isEmpty() && refused.peek().at.isBefore(now.minus(FactStore.THIRTY_DAYS)))
      refused.poll();
    int elsewhere = then.repeats().sameElsewhere();
    int alike = then.repeats().near();
    Set<Long> own = Set.of(near);
    for (Refused earlier : refused) {
      if (telling && earlier.page != page && earlier.print.equals(print)) elsewhere--;
      boolean today = earlier.at.isAfter(now.minus(FactStore.A_DAY));
      if (today && own.stream().filter(earlier.near::contains).count() >= NearPrints.ENOUGH)
        alike--;
    }
    if (telling) elsewhere = Math.max(elsewhere, copies(then, page, print));
    return new Facts.Repeats(false, Math.max(0, elsewhere), Math.max(0, alike));
  }

  /** Of what was looked at; facts count no further than to {@link Facts.Author#COUNTED}. */
  private int copies(JudgedThen then, long page, String print) {
    Instant since = then.at().minus(FactStore.THIRTY_DAYS);
    return (int)
        printToCopies.getOrDefault(print, List.of()).stream()
            .filter(copy -> copy.page != page && copy.at.isAfter(since))
            .filter(copy -> copy.at.isBefore(then.at()))
            .count();
  }

  /** A comment that would have been stored, and is an earlier copy for those that follow. */
  void stored(ReplayStore.Told told, JudgedThen then, String print) {
    if (told.status() == Status.DELETED) return;
    printToCopies
        .computeIfAbsent(print, key -> new ArrayList<>())
        .add(new Copy(then.at(), told.pageId()));
  }

  /** Whether what is answered would have been public. */
  boolean answerable(Long parent, Instant now) {
    Turned turned = parent == null ? null : idToTurned.get(parent);
    return turned == null || turned.gained(now) >= 0;
  }

  /** A comment whose verdict has another effect. */
  void turned(
      ReplayStore.Told told,
      JudgedThen then,
      boolean wouldBePublished,
      boolean wouldBeRefused,
      String print,
      Long[] near) {
    var turned =
        new Turned(
            then.at(),
            told.firstDecidedAt(),
            then.published(),
            wouldBePublished,
            wouldBeRefused,
            told.status());
    idToTurned.put(told.id().row(), turned);
    if (told.commenter() != null)
      commenterToTurned.computeIfAbsent(told.commenter(), key -> new ArrayList<>()).add(turned);
    if (wouldBeRefused)
      refused.add(new Refused(then.at(), told.pageId(), print, new HashSet<>(List.of(near))));
  }
}
