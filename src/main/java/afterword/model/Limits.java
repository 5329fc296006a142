package afterword.model;

/** The bounds of everything that comes from outside. Text in code points, bodies in bytes. */
public final class Limits {
  public static final int TEXT = 10_000;
  public static final int NAME = 80;
  public static final int EMAIL = 254;
  public static final int AUTHOR_URL = 500;
  public static final int PAGE_KEY = 300;
  public static final int PAGE_URL = 2_000;
  public static final int TITLE = 300;
  public static final int NOTE = 1_000;
  public static final int EXPLANATION = 5_000;
  public static final int PROOF = 200;
  public static final int COMMENT_BODY_BYTES = 128 * 1024;
  public static final int DECISION_BODY_BYTES = 32 * 1024;
  public static final int BODY_BYTES = 16 * 1024;
  public static final int JSON_DEPTH = 16;
  public static final int THREAD_PAGE = 100;
  public static final int COUNTED_PAGES = 100;

  private Limits() {}
}
