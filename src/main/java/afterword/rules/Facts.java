package afterword.rules;

import afterword.model.Opinion;
import afterword.model.PagePolicy;
import afterword.model.Score;
import afterword.model.SiteSettings;
import java.util.List;
import java.util.Optional;

/**
 * What is known when a submission is judged.
 *
 * @param page what holds for the page
 * @param lists the site's words and domains, ready to be looked for
 * @param text name and text in their normal form: folded, invisible characters dropped
 * @param linkHosts of the links in the text, one each, as {@code markup.Link} names them
 * @param authorHost of the author's address
 * @param manner how it came
 * @param score of the learned filter, where the site has one
 * @param opinions of those outside, in the order in which they were asked
 */
public record Facts(
    SiteSettings settings,
    PagePolicy page,
    Lists lists,
    String text,
    List<String> linkHosts,
    Optional<String> authorHost,
    Author author,
    Repeats repeats,
    Manner manner,
    Optional<Score> score,
    List<Opinion> opinions) {
  public Facts {
    linkHosts = List.copyOf(linkHosts);
    opinions = List.copyOf(opinions);
  }

  /** Hold: comments wait, whatever else. Shadow: the banned one is not told. */
  public enum Ban {
    NONE,
    HOLD,
    SHADOW,
    OPEN
  }

  /**
   * The commenter.
   *
   * @param ban what the strictest ban that matches says
   * @param approved published comments, counted up to {@link #COUNTED}; 0 for newcomers
   * @param turnedDown comments that moderators rejected or called spam, counted as far
   * @param flags reports of trusted weight on comments of theirs that no moderator has refused
   * @param staffName whether the name looks like that of somebody on the site's staff
   */
  public record Author(Ban ban, int approved, int turnedDown, int flags, boolean staffName) {
    public static final int COUNTED = 50;
  }

  /**
   * What was said before.
   *
   * @param sameSender whether the sender posted the same text to the page within a day
   * @param sameElsewhere comments with the same text on other pages within thirty days
   * @param near comments of the last day whose text is nearly the same
   * @param again comments of the last day with the same short text, numbers aside
   * @param likeSpam others' comments of the last thirty days whose text is nearly the same and that
   *     wait for it, or were turned down
   * @param copied others' comments of the last thirty days that the text holds most of; none where
   *     one is what it answers or a public one of the author's own
   */
  public record Repeats(
      boolean sameSender, int sameElsewhere, int near, int again, int likeSpam, int copied) {
    public static final Repeats NONE = new Repeats(false, 0, 0, 0, 0, 0);
  }

  /**
   * How a submission came.
   *
   * @param untimed without the time that it took, though not from a plain form
   * @param contradictory headers that name the sender name others than the proxies' do
   */
  public record Manner(boolean untimed, boolean contradictory) {
    public static final Manner USUAL = new Manner(false, false);
  }

  boolean trusted() {
    int enough = Math.max(settings.trustedAfter(), settings.checks().holdFirst());
    return author.approved >= Math.max(1, enough);
  }

  /** Whether somebody sets links whom nobody has approved often enough yet. */
  public boolean newcomerWithLinks() {
    return !trusted() && links() > 0;
  }

  /** Links in the text that count. */
  int links() {
    return (int) linkHosts.stream().filter(host -> lists.allowed().match(host).isEmpty()).count();
  }
}
