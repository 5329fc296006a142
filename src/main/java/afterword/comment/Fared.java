package afterword.comment;

import afterword.model.Status;
import afterword.rules.Reason;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An earlier comment, as it fared and as it would have by the settings that are tried. After a
 * moderator's word both are one: what is posted in the same moment has not seen it.
 */
final class Fared {
  /** What waits for one of these counts as spam for others that are like it. */
  private static final Set<String> LIKE_SPAM =
      EnumSet.of(Reason.LEARNED_SCORE, Reason.DOUBT, Reason.NEAR_DUPLICATE, Reason.SAME_ELSEWHERE)
          .stream()
          .map(Reason::code)
          .collect(Collectors.toSet());

  /**
   * One of the two.
   *
   * @param verdict as {@link JudgedThen#word} says
   */
  private static final class Fate {
    private final String verdict;
    private final Collection<String> reasons;
    private Instant recalledAt;

    Fate(String verdict, Collection<String> reasons) {
      this.verdict = verdict;
      this.reasons = reasons;
    }

    boolean isRecalled(Instant now) {
      return recalledAt != null && !recalledAt.isAfter(now);
    }

    boolean isPublic(Instant now) {
      return verdict.equals("publish") && !isRecalled(now);
    }

    boolean isLikeSpam(Instant now) {
      boolean waits = verdict.equals("hold") && reasons.stream().anyMatch(LIKE_SPAM::contains);
      return waits || verdict.equals("swallow") || isRecalled(now);
    }
  }

  final ReplayStore.Told told;
  final Instant at;
  final String print;
  final Set<Long> near;
  private final Fate was;
  private final Fate wouldBe;

  Fared(
      ReplayStore.Told told,
      JudgedThen then,
      String print,
      Long[] near,
      String verdict,
      Collection<String> reasons) {
    this.told = told;
    this.at = then.at();
    this.print = print;
    this.near = Set.of(near);
    this.was = new Fate(then.verdict(), then.reasons());
    this.was.recalledAt = told.recalledAt();
    this.wouldBe = new Fate(verdict, reasons);
  }

  boolean isRefused() {
    return wouldBe.verdict.equals("refuse");
  }

  boolean isDecided(Instant now) {
    return told.firstDecidedAt() != null && told.firstDecidedAt().isBefore(now);
  }

  private boolean isTurnedDown() {
    return told.status() == Status.REJECTED || told.status() == Status.SPAM;
  }

  boolean wouldBePublic(Instant now) {
    if (isRefused()) return false;
    return isDecided(now) ? told.status() == Status.PUBLISHED : wouldBe.isPublic(now);
  }

  private boolean wasPublic(Instant now) {
    return isDecided(now) ? told.status() == Status.PUBLISHED : was.isPublic(now);
  }

  /** Whether its author has one more approved comment by it, or one less. */
  int gained(Instant now) {
    if (at.isAfter(now)) return 0;
    return (wouldBePublic(now) ? 1 : 0) - (wasPublic(now) ? 1 : 0);
  }

  /** Nobody turns down what is not there. */
  int spared(Instant now) {
    return isRefused() && isDecided(now) && isTurnedDown() ? 1 : 0;
  }

  /** Whether one more like it is like spam by it, or one less. */
  int likeSpam(Instant now) {
    boolean before = isDecided(now) ? isTurnedDown() : was.isLikeSpam(now);
    return (wouldBeLikeSpam(now) ? 1 : 0) - (before ? 1 : 0);
  }

  boolean wouldBeLikeSpam(Instant now) {
    return !isRefused() && (isDecided(now) ? isTurnedDown() : wouldBe.isLikeSpam(now));
  }

  void recall(Instant now) {
    wouldBe.recalledAt = now;
  }

  /** As the facts of a post count others. */
  boolean isOfAnother(ReplayStore.Told author) {
    boolean otherPerson = told.commenter() == null || !told.commenter().equals(author.commenter());
    return otherPerson && (told.range() == null || !told.range().equals(author.range()));
  }

  long shared(Collection<Long> prints) {
    return prints.stream().filter(near::contains).count();
  }
}
