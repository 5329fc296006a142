package afterword.model;

import java.util.Optional;

/**
 * Who outside is asked about a comment. Nobody, unless the owner says so.
 *
 * @param akismetKey of the site's account there; a secret
 * @param hookUrl of the site's own judge
 * @param hookSecret signs what is sent there; a secret
 * @param deadlineMillis after which the answer is not waited for
 */
public record Outside(
    Optional<String> akismetKey,
    Optional<String> hookUrl,
    Optional<String> hookSecret,
    int deadlineMillis) {
  public static final Outside NOBODY =
      new Outside(Optional.empty(), Optional.empty(), Optional.empty(), 1_000);

  public boolean anybody() {
    return akismetKey.isPresent() || hookUrl.isPresent();
  }
}
