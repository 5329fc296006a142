package afterword.comment;

import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.markup.PlainText;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Submission;
import java.util.Optional;

/** The keyed hashes of a post: all that is kept of keys and addresses. */
record Prints(
    byte[] idempotencyKey,
    byte[] request,
    Optional<byte[]> commenter,
    byte[] address,
    byte[] range,
    byte[] fingerprint) {

  static Prints of(Keys keys, Site site, Submission s, String idempotencyKey, Client client) {
    String tenant = Integer.toString(site.id());
    return new Prints(
        keys.hash(Purpose.IDEMPOTENCY, tenant, idempotencyKey),
        keys.hash(
            Purpose.REQUEST,
            s.page().key(),
            s.parent().map(PublicId::toString).orElse(""),
            s.name(),
            s.email().orElse(""),
            s.url().orElse(""),
            s.body()),
        s.commenterKey().map(key -> keys.hash(Purpose.COMMENTER, tenant, key)),
        keys.hash(Purpose.ADDRESS, bytes(tenant), client.address()),
        keys.hash(Purpose.RANGE, bytes(tenant), client.range()),
        keys.hash(Purpose.DISTINCT, tenant, PlainText.fingerprintText(s.body())));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
