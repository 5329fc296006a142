package afterword.notice;

import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.PublicId;

/**
 * Where the author of a comment reads why it was taken down, and appeals. Its secret is another one
 * than the owner token, because an address is kept in more places and must do less.
 */
public final class ReasonsLink {
  private static final String AUTHOR = "author";

  private ReasonsLink() {}

  /** The secret stands in the query, because paths are logged. */
  public static String path(Keys keys, PublicId comment) {
    return path(comment) + "?token=" + keys.token(Purpose.NOTICE, AUTHOR, comment.toString());
  }

  static String path(PublicId comment) {
    return "/c/" + comment + "/reasons";
  }

  static boolean opens(Keys keys, PublicId comment, String token) {
    return keys.signed(token, Purpose.NOTICE, AUTHOR, comment.toString());
  }
}
