package afterword.spam;

import java.util.Optional;

/**
 * What the filter reads of a comment.
 *
 * @param text the plain text, with the address behind a link where the link shows something else
 * @param name of the author, as given
 * @param url of the author, as given
 */
public record Writing(String text, String name, Optional<String> url) {
  public static Writing of(String text) {
    return new Writing(text, "", Optional.empty());
  }
}
