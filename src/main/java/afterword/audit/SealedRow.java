package afterword.audit;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A row of the audit as its seal sees it: each field with its length before it, so that nothing can
 * move from one into the next.
 *
 * @param hash SHA-256 of all fields
 */
record SealedRow(int site, long id, String xid, byte[] hash) {
  /** In the order in which {@link #of} reads them. */
  static final String COLUMNS =
      """
      a.site_id, a.id, a.xid::text, a.at, a.actor, a.action, a.object, a.version, a.status_before,
        a.status_after, a.reason, a.text_hash
      """;

  private static final int FIELDS = 12;
  private static final int XID = 2;

  static SealedRow of(Row row) {
    MessageDigest digest = sha256();
    for (int i = 0; i < FIELDS; i++) if (i != XID) add(digest, row.getValue(i));
    return new SealedRow(row.getInteger(0), row.getLong(1), row.getString(XID), digest.digest());
  }

  static byte[] link(byte[] before, byte[] hash) {
    MessageDigest digest = sha256();
    digest.update(before);
    return digest.digest(hash);
  }

  private static void add(MessageDigest digest, Object value) {
    byte[] bytes = bytes(value);
    digest.update(
        Integer.toString(bytes == null ? -1 : bytes.length).getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) ':');
    if (bytes != null) digest.update(bytes);
  }

  private static byte[] bytes(Object value) {
    if (value == null) return null;
    if (value instanceof Buffer buffer) return buffer.getBytes();
    if (value instanceof OffsetDateTime time)
      return utf8(Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant())));
    return utf8(value.toString());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
