package afterword.comment;

import afterword.keys.Hashes;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.markup.PlainText;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Submission;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The keyed hashes of a post: all that is kept of keys and addresses. */
record Prints(
    byte[] idempotencyKey,
    byte[] request,
    Optional<byte[]> commenter,
    byte[] address,
    byte[] range,
    byte[] fingerprint,
    boolean telling,
    TextPrints text) {

  static Prints of(Keys keys, Site site, Submission s, String idempotencyKey, Client client) {
    String tenant = Integer.toString(site.id());
    return new Prints(
        keys.hash(Purpose.IDEMPOTENCY, tenant, idempotencyKey),
        requests(keys, s).newest(),
        s.commenterKey().map(key -> keys.hash(Purpose.COMMENTER, tenant, key)),
        keys.hash(Purpose.ADDRESS, bytes(tenant), client.address()),
        range(keys, site, client),
        fingerprint(keys, site, s.body()),
        telling(s.body()),
        TextPrints.of(keys, site, s.body()));
  }

  /** What must be the same for a post to be a repeat. */
  static Hashes requests(Keys keys, Submission s) {
    return keys.hashes(
        Purpose.REQUEST,
        s.page().key(),
        s.parent().map(PublicId::toString).orElse(""),
        s.name(),
        s.email().orElse(""),
        s.url().orElse(""),
        s.body());
  }

  static byte[] range(Keys keys, Site site, Client client) {
    return ranges(keys, site, client).newest();
  }

  static Hashes ranges(Keys keys, Site site, Client client) {
    return keys.hashes(Purpose.RANGE, bytes(Integer.toString(site.id())), client.range());
  }

  /** Equal for texts that read the same. */
  static byte[] fingerprint(Keys keys, Site site, String source) {
    return keys.hash(
        Purpose.DISTINCT, Integer.toString(site.id()), PlainText.fingerprintText(source));
  }

  /** Whether the text is long enough that two people hardly write the same. */
  static boolean telling(String source) {
    return PlainText.length(source.strip()) >= 40;
  }

  /** Who counts as one sender for a day: the commenter, else the address range. */
  byte[] sender() {
    return commenter.orElse(range);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
