package afterword.comment;

import afterword.model.Status;
import afterword.rules.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What earlier comments that would have fared otherwise change for later ones: who waits earns no
 * trust until a moderator has decided, what is refused is no earlier copy of anything, what would
 * have been taken back is not public, and nobody answers what is not public.
 */
final class Counterfactual {
  private final Map<Long, List<Fared>> commenterToFared = new HashMap<>();
  private final Map<Long, Fared> idToFared = new HashMap<>();
  private final Map<String, List<Fared>> textToFared = new HashMap<>();
  private final Map<Long, List<Fared>> printToFared = new HashMap<>();

  /** How many comments of the author would have been public. */
  int approved(JudgedThen then, Long commenter) {
    int gained = of(commenter).mapToInt(fared -> fared.gained(then.at())).sum();
    return Math.max(0, then.approved() + gained);
  }

  /** How many comments of the author moderators would have turned down. */
  int turnedDown(JudgedThen then, Long commenter) {
    int spared = of(commenter).mapToInt(fared -> fared.spared(then.at())).sum();
    return Math.max(0, then.turnedDown() - spared);
  }

  private Stream<Fared> of(Long commenter) {
    return commenterToFared.getOrDefault(commenter, List.of()).stream();
  }

  /**
   * @param text its fingerprint
   * @param telling whether the same text on another page tells anything
   * @param prints of it, too
   */
  Facts.Repeats repeats(
      ReplayStore.Told told, JudgedThen then, String text, boolean telling, TextPrints prints) {
    Instant now = then.at();
    int elsewhere = telling ? elsewhere(told, then, text) : then.repeats().sameElsewhere();
    int near = prints.isShort() ? then.repeats().again() : then.repeats().near();
    int spam = 0;
    int spamMore = 0;
    int copied = 0;
    int copiedRefused = 0;
    boolean nearOwn = false;
    boolean copiedOwn = false;
    List<Long> all = List.of(prints.lookedFor());
    List<Long> kept = List.of(prints.kept());
    for (Fared earlier : sharing(all, now.minus(FactStore.THIRTY_DAYS))) {
      boolean isNear = earlier.shared(kept) >= prints.enough();
      boolean today = earlier.at.isAfter(now.minus(FactStore.A_DAY));
      if (isNear && today && earlier.isRefused()) near--;
      boolean theirs = earlier.isOfAnother(told);
      boolean answered = Long.valueOf(earlier.told.id().row()).equals(told.parent());
      boolean own = answered || !theirs && earlier.wouldBePublic(now);
      boolean isCopied = earlier.shared(all) >= prints.enoughForACopy();
      nearOwn |= isNear && own;
      copiedOwn |= isCopied && own;
      if (!theirs) continue;
      if (isNear) {
        spam += earlier.wouldBeLikeSpam(now) ? 1 : 0;
        spamMore += earlier.likeSpam(now);
      }
      if (!isCopied || earlier.told.status() == Status.DELETED) continue;
      if (earlier.isRefused()) copiedRefused++;
      else copied++;
    }
    return new Facts.Repeats(
        false,
        Math.max(0, elsewhere),
        prints.isShort() ? 0 : Math.max(0, near),
        prints.isShort() ? Math.max(0, near) : 0,
        nearOwn ? 0 : Math.max(spam, then.repeats().likeSpam() + spamMore),
        copiedOwn ? 0 : Math.max(copied, then.repeats().copied() - copiedRefused));
  }

  /** Of what was looked at; facts count no further than to {@link Facts.Author#COUNTED}. */
  private int elsewhere(ReplayStore.Told told, JudgedThen then, String text) {
    Instant since = then.at().minus(FactStore.THIRTY_DAYS);
    List<Fared> copies =
        textToFared.getOrDefault(text, List.of()).stream()
            .filter(copy -> copy.told.pageId() != told.pageId() && copy.at.isAfter(since))
            .toList();
    int refused = (int) copies.stream().filter(Fared::isRefused).count();
    int stored =
        (int)
            copies.stream()
                .filter(copy -> !copy.isRefused() && copy.told.status() != Status.DELETED)
                .filter(copy -> copy.at.isBefore(then.at()))
                .count();
    return Math.max(then.repeats().sameElsewhere() - refused, stored);
  }

  private Set<Fared> sharing(List<Long> prints, Instant since) {
    Set<Fared> sharing = new LinkedHashSet<>();
    for (Long print : prints)
      for (Fared earlier : printToFared.getOrDefault(print, List.of()))
        if (earlier.at.isAfter(since)) sharing.add(earlier);
    return sharing;
  }

  /** Whether what is answered would have been public. */
  boolean answerable(Long parent, Instant now) {
    Fared fared = parent == null ? null : idToFared.get(parent);
    return fared == null || fared.gained(now) >= 0;
  }

  /** What would have gone back to the queue because of this one. */
  void recall(ReplayStore.Told told, Long[] near, boolean links, Instant now) {
    List<Long> kept = Arrays.asList(near);
    for (Fared earlier : sharing(kept, now.minus(FactStore.A_DAY))) {
      boolean goes =
          earlier.shared(kept) >= NearPrints.ENOUGH
              && earlier.isOfAnother(told)
              && !earlier.isDecided(now)
              && earlier.wouldBePublic(now)
              && (earlier.told.links() || !links)
              && !isKnown(earlier.told.commenter(), now);
      if (goes) earlier.recall(now);
    }
  }

  private boolean isKnown(Long commenter, Instant now) {
    return of(commenter).anyMatch(fared -> fared.isDecided(now) && fared.wouldBePublic(now));
  }

  /** One more, for those that follow. */
  void add(Fared fared) {
    idToFared.put(fared.told.id().row(), fared);
    if (fared.told.commenter() != null) to(commenterToFared, fared.told.commenter(), fared);
    to(textToFared, fared.print, fared);
    for (Long print : fared.near) to(printToFared, print, fared);
  }

  private static <K> void to(Map<K, List<Fared>> keyToFared, K key, Fared fared) {
    keyToFared.computeIfAbsent(key, absent -> new ArrayList<>()).add(fared);
  }
}
