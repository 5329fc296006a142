package afterword.rules;

import java.util.Locale;

/** Why a verdict is what it is. The code is stored and sent; the sentence is for moderators. */
public enum Reason {
  BANNED("The commenter is banned."),
  SHADOW_BANNED("The commenter is banned without being told."),
  HELD_COMMENTER("Comments of this commenter or address always wait."),
  PAGE_CLOSED("Comments on the page are closed."),
  PAGE_TOO_OLD("Comments on the page are closed because of its article's age."),
  TOO_LONG("The text is longer than the site allows."),
  TRAP("A field that people do not see was filled."),
  DUPLICATE("The same sender posted the same text within a day."),
  STAFF_NAME("The name looks like that of somebody on the site's staff."),
  TRUSTED("The commenter has enough approved comments."),
  BLOCKED_WORD("The text holds a blocked word."),
  SUSPECT_WORD("The text holds a suspect word."),
  LINK_DOMAIN("A link leads to a blocked domain."),
  TOO_MANY_LINKS("The text holds more links than the site allows."),
  SAME_ELSEWHERE("The same text was posted on other pages."),
  NEAR_DUPLICATE("Nearly the same text was posted several times."),
  OFTEN_REJECTED("Many comments of this commenter were turned down."),
  FLAGGED_AUTHOR("Readers have reported comments of this commenter."),
  FLAGGED("Readers have reported it."),
  NOTICE("A legal notice says that it is against the law, or a decision on one is appealed."),
  OUTSIDE_OPINION("Somebody who was asked outside advises against it."),
  LEARNED_SCORE("It resembles what was turned down before."),
  DOUBT("It resembles spam a little, and it came in an odd way."),
  OLD_PAGE("The page's article is old."),
  TOO_FAST("It was written faster than people write."),
  UNPROVEN("A program may have written it, and there was no script to ask for a proof of work."),
  FIRST_COMMENT("It is the commenter's first comment."),
  NEWCOMER("It is one of the commenter's first comments."),
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
