package afterword.rules;

import java.util.Locale;

/** Why a verdict is what it is. The code is stored and sent; the sentence is for moderators. */
public enum Reason {
  BANNED("The commenter is banned."),
  SHADOW_BANNED("The commenter is banned without being told."),
  PAGE_CLOSED("Comments on the page are closed."),
  TOO_LONG("The text is longer than the site allows."),
  TRAP("A field that people do not see was filled."),
  DUPLICATE("The same sender posted the same text within a day."),
  TRUSTED("The commenter has enough approved comments."),
  BLOCKED_WORD("The text holds a blocked word."),
  TOO_MANY_LINKS("The text holds more links than the site allows."),
  FIRST_COMMENT("It is the commenter's first comment."),
  SITE_HOLDS_ALL("Every comment on this page waits for a moderator."),
  SITE_HOLDS_NEWCOMERS("The commenter has too few approved comments."),
  OPEN("Comments on this page are published at once.");

  private final String sentence;

  Reason(String sentence) {
    this.sentence = sentence;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String sentence() {
    return sentence;
  }
}
