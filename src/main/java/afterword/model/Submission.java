package afterword.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What a commenter sent, parsed and valid, not yet judged.
 *
 * @param trap text in a field that people do not see; only programs fill it
 * @param elapsedMs milliseconds from the first keystroke to the post, as the client tells; 0
 *     unknown
 * @param proof answer to a challenge, where the client was asked for one
 */
public record Submission(
    PageReference page,
    Optional<PublicId> parent,
    String name,
    Optional<String> email,
    Optional<String> url,
    String body,
    Optional<String> commenterKey,
    String trap,
    long elapsedMs,
    Optional<Proof> proof) {

  /**
   * A solved challenge; whether it holds is for others to say.
   *
   * @param token as it came with the challenge
   * @param number what was looked for
   */
  public record Proof(String token, long number) {}

  /** The host page, as the widget names it. */
  public record PageReference(
      String key, Optional<String> url, Optional<String> title, Optional<Instant> publishedAt) {}
}
