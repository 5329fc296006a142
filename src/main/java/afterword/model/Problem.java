package afterword.model;

/**
 * The kinds of problem a client can tell apart. The slug is the last part of the problem's type.
 */
public enum Problem {
  UNREADABLE("unreadable", "The request could not be read"),
  INVALID("invalid", "Some fields need attention"),
  UNAUTHENTICATED("unauthenticated", "Sign in or send a valid token"),
  CODE_REQUIRED("code-required", "A code of the second factor is needed"),
  ORIGIN_NOT_ALLOWED("origin-not-allowed", "This site does not accept posts from that origin"),
  PAGE_NOT_ON_SITE("page-not-on-site", "The page is not on one of the site's origins"),
  PAGE_CLOSED("page-closed", "Comments on this page are closed"),
  BANNED("banned", "You may not comment here"),
  EDIT_WINDOW_CLOSED("edit-window-closed", "The time to edit this comment is over"),
  FORBIDDEN("forbidden", "You may not do this"),
  CSRF("csrf", "The request did not come from the admin page"),
  NOT_FOUND("not-found", "There is nothing here"),
  METHOD_NOT_ALLOWED("method-not-allowed", "This address does not know that method"),
  TIMED_OUT("timed-out", "The request took too long to arrive"),
  IN_FLIGHT("in-flight", "The same post is being stored right now"),
  DUPLICATE_COMMENT("duplicate-comment", "This comment has been posted already"),
  CONFLICT("conflict", "In conflict with the present state"),
  STALE("stale", "Somebody changed it in the meantime"),
  TOO_LARGE("too-large", "The request is too large"),
  UNSUPPORTED_MEDIA("unsupported-media", "This content type is not understood"),
  IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", "The key was used for another post"),
  IF_MATCH_REQUIRED("if-match-required", "Say which version you change"),
  NUDGE("nudge", "Have another look before it is sent"),
  STATEMENT_REQUIRED("statement-required", "A statement of reasons is needed"),
  ANOTHER_MODERATOR("another-moderator", "Another moderator has to decide on it"),
  PROOF_REQUIRED("proof-required", "A proof of work is needed"),
  TOO_MANY("too-many", "Too many requests"),
  UNAVAILABLE("unavailable", "Not possible right now"),
  INTERNAL("internal", "Internal error");

  private final String slug;
  private final String title;

  Problem(String slug, String title) {
    this.slug = slug;
    this.title = title;
  }

  public String slug() {
    return slug;
  }

  public String title() {
    return title;
  }
}
