package afterword.rules;

import afterword.model.Mode;
import afterword.model.SiteSettings;

/**
 * What is known when a submission is judged.
 *
 * @param mode of the page where it has one, else of the site
 * @param blockedWords of the site, ready to be looked for
 * @param text name and text in their normal form: folded, invisible characters dropped
 * @param links in the text
 * @param pageOpen whether the page takes comments
 * @param ban what the strictest ban that matches says
 * @param approved published comments of this commenter, counted up to {@link
 *     SiteSettings#trustedAfter}; 0 for newcomers
 * @param duplicate whether the sender posted the same text to the page within a day
 */
public record Facts(
    SiteSettings settings,
    Mode mode,
    WordList blockedWords,
    String text,
    int links,
    boolean pageOpen,
    Ban ban,
    int approved,
    boolean duplicate) {

  /** Shadow: the banned one is not told. */
  public enum Ban {
    NONE,
    SHADOW,
    OPEN
  }

  public boolean trusted() {
    return approved >= Math.max(1, settings.trustedAfter());
  }
}
