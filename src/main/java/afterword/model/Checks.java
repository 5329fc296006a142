package afterword.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The checks of a site beyond the basic ones. A number of 0 switches its check off.
 *
 * @param closeAfterDays a page takes no comments when its article is older
 * @param holdAfterDays comments wait when the article is older
 * @param minSeconds from the first keystroke to the post; less waits
 * @param sameElsewhere so many earlier posts of the same text on other pages hold one more
 * @param nearDuplicates so many earlier texts of the last day that are nearly the same hold one
 *     more
 * @param recallNearDuplicates whether those that were published return to the queue then
 * @param suspectWords words that hold a comment unless its author is trusted
 * @param blockedDomains a link to one of them, or to a name below it, holds a comment
 * @param allowedDomains links to these and to names below them do not count
 * @param holdFirst so many comments of a commenter wait, whatever the mode
 * @param rejectedPercent a commenter of whose decided comments so many were turned down is held
 * @param flagsToHold reports of trusted weight that send a comment back to the queue
 * @param scoreToHold learned score from which a comment waits, in thousandths
 * @param doubtToHold the same for the score together with what is odd about how it came
 * @param refuseStaffNames whether a name like a staff member's is refused; else it waits
 * @param spamPerHour so many spam decisions within an hour hold their address range for a day
 * @param perDay comments that one sender may post per day, whatever the process
 * @param sitePerMinute writes that the site takes per minute
 * @param proofOfWork when a post must come with a proof of work
 * @param shadow checks that only count what they would have held
 * @param nudge checks that tell the commenter first
 * @param paths what differs for pages whose key begins with a prefix
 * @param outside who else is asked
 */
public record Checks(
    int closeAfterDays,
    int holdAfterDays,
    int minSeconds,
    int sameElsewhere,
    int nearDuplicates,
    boolean recallNearDuplicates,
    List<String> suspectWords,
    List<String> blockedDomains,
    List<String> allowedDomains,
    int holdFirst,
    int rejectedPercent,
    int flagsToHold,
    int scoreToHold,
    int doubtToHold,
    boolean refuseStaffNames,
    int spamPerHour,
    int perDay,
    int sitePerMinute,
    ProofOfWork proofOfWork,
    Set<Check> shadow,
    Set<Check> nudge,
    List<PathPolicy> paths,
    Outside outside) {

  /** Nothing but the basic checks. */
  public static final Checks OFF =
      new Checks(
          0,
          0,
          0,
          0,
          0,
          false,
          List.of(),
          List.of(),
          List.of(),
          0,
          0,
          3,
          0,
          0,
          false,
          0,
          0,
          0,
          ProofOfWork.OFF,
          Set.of(),
          Set.of(),
          List.of(),
          Outside.NOBODY);

  /** What a new site begins with. */
  public static final Checks DEFAULTS =
      new Checks(
          0,
          0,
          1,
          2,
          3,
          true,
          List.of(),
          List.of(),
          List.of(),
          0,
          50,
          3,
          900,
          920,
          false,
          5,
          200,
          600,
          ProofOfWork.WHEN_RISKY,
          Set.of(),
          Set.of(),
          List.of(),
          Outside.NOBODY);

  public Checks {
    suspectWords = List.copyOf(suspectWords);
    blockedDomains = List.copyOf(blockedDomains);
    allowedDomains = List.copyOf(allowedDomains);
    shadow = set(shadow);
    nudge = set(nudge);
    paths = List.copyOf(paths);
  }

  public Checks with(ProofOfWork other) {
    return new Checks(
        closeAfterDays,
        holdAfterDays,
        minSeconds,
        sameElsewhere,
        nearDuplicates,
        recallNearDuplicates,
        suspectWords,
        blockedDomains,
        allowedDomains,
        holdFirst,
        rejectedPercent,
        flagsToHold,
        scoreToHold,
        doubtToHold,
        refuseStaffNames,
        spamPerHour,
        perDay,
        sitePerMinute,
        other,
        shadow,
        nudge,
        paths,
        outside);
  }

  /** In the order of the checks. */
  private static Set<Check> set(Set<Check> checks) {
    var copy = EnumSet.noneOf(Check.class);
    copy.addAll(checks);
    return java.util.Collections.unmodifiableSet(copy);
  }

  /** What the longest prefix says that the page's key begins with. */
  public PathPolicy pathOf(String pageKey) {
    PathPolicy longest = PathPolicy.NONE;
    for (PathPolicy path : paths) {
      boolean fits = pageKey.startsWith(path.prefix());
      if (fits && path.prefix().length() >= longest.prefix().length()) longest = path;
    }
    return longest;
  }
}
