package afterword.rules;

import afterword.model.Submission;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is odd about how a comment came, whatever its words. None of it is a reason to hold by
 * itself: people paste what they wrote elsewhere, and everybody is new once.
 */
final class Oddities {
  /**
   * How many times more often bots do it than people, estimated with care and not fitted: a site
   * whose people are otherwise switches the check off or watches it in shadow first.
   */
  enum Oddity {
    /** Nobody has approved anything of the commenter yet. Every bot is new; so are many people. */
    NEW(2),
    /** More letters a second, from the first one on, than anybody types. */
    PASTED(3),
    /** No time told, though the form that tells it was not a plain one: no widget wrote it. */
    UNTIMED(10),
    /** A short text that several have posted today. So have people who say thank you. */
    REPEATED(10),
    /** Others, lately, posted nearly the same, which waits or was turned down. */
    LIKE_SPAM(10),
    /** A newcomer repeats what somebody else wrote, and puts a link to it. */
    COPIED(5),
    /** Several headers say where it comes from, and contradict each other. */
    CONTRADICTORY(20);

    private final int odds;

    Oddity(int odds) {
      this.odds = odds;
    }

    private String words() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** 120 words a minute from the first letter to the post; hardly anybody keeps that up. */
  private static final int LETTERS_A_SECOND = 10;

  /** Below that a word completed by the telephone makes the difference. */
  private static final int LEAST_LETTERS = 40;

  private final Set<Oddity> found;

  private Oddities(Set<Oddity> found) {
    this.found = found;
  }

  static Oddities of(Submission submission, Facts facts) {
    Set<Oddity> found = EnumSet.noneOf(Oddity.class);
    if (isPasted(submission)) found.add(Oddity.PASTED);
    if (facts.manner().untimed()) found.add(Oddity.UNTIMED);
    if (facts.manner().contradictory()) found.add(Oddity.CONTRADICTORY);
    int most = facts.settings().checks().nearDuplicates();
    if (most > 0 && facts.repeats().again() >= most) found.add(Oddity.REPEATED);
    if (facts.repeats().likeSpam() > 0) found.add(Oddity.LIKE_SPAM);
    if (facts.author().approved() == 0) {
      if (facts.links() > 0 && facts.repeats().copied() > 0) found.add(Oddity.COPIED);
      if (!found.isEmpty()) found.add(Oddity.NEW);
    }
    return new Oddities(found);
  }

  private static boolean isPasted(Submission submission) {
    int letters = submission.body().codePointCount(0, submission.body().length());
    long took = submission.elapsedMs();
    return took > 0 && letters >= LEAST_LETTERS && letters * 1000L > took * LETTERS_A_SECOND;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * The probability that it is spam.
   *
   * @param spam by its words alone
   */
  double together(double spam) {
    double odds = spam;
    for (Oddity oddity : found) odds *= oddity.odds;
    return odds / (odds + 1 - spam);
  }

  String named() {
    return found.stream().map(Oddity::words).collect(Collectors.joining(", "));
  }
}
