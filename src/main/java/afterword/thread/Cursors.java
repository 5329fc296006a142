package afterword.thread;

import afterword.http.Query;
import afterword.keys.Hashes;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;

/**
 * Places as opaque text. Each is signed together with the list it belongs to, so that neither an
 * altered cursor nor one of another list is ever looked up.
 */
final class Cursors {
  private static final int PLACE = 1 + 4 + 8 + 4 + 8 + 8;
  private static final int SIGNATURE = 12;

  private final Keys keys;

  Cursors(Keys keys) {
    this.keys = keys;
  }

  /**
   * @param list what is paged, such as site, page and order
   */
  String text(String list, Place place) {
    Instant at = place.createdAt().toInstant();
    byte[] bytes =
        ByteBuffer.allocate(PLACE)
            .put((byte) (place.pinned() ? 1 : 0))
            .putInt(place.rank())
            .putLong(at.getEpochSecond())
            .putInt(at.getNano())
            .putLong(place.id())
            .putLong(place.moment())
            .array();
    byte[] signed = Arrays.copyOf(bytes, PLACE + SIGNATURE);
    System.arraycopy(signatures(list, bytes).newest(), 0, signed, PLACE, SIGNATURE);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  /** Fails with a problem where the text is not one that {@link #text} made for the same list. */
  Place place(String list, String text) {
    byte[] signed = decoded(text);
    if (signed.length != PLACE + SIGNATURE) throw broken();
    byte[] bytes = Arrays.copyOf(signed, PLACE);
    byte[] signature = Arrays.copyOfRange(signed, PLACE, signed.length);
    if (!signatures(list, bytes).contain(signature)) throw broken();
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    boolean pinned = fields.get() == 1;
    int rank = fields.getInt();
    Instant at = Instant.ofEpochSecond(fields.getLong(), fields.getInt());
    var createdAt = OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    return new Place(pinned, rank, createdAt, fields.getLong(), fields.getLong());
  }

  private Hashes signatures(String list, byte[] place) {
    byte[] name = list.getBytes(StandardCharsets.UTF_8);
    Hashes whole = keys.hashes(Purpose.CURSOR, name, place);
    return new Hashes(
        shortened(whole.newest()), whole.former().stream().map(Cursors::shortened).toList());
  }

  private static byte[] shortened(byte[] hash) {
    return Arrays.copyOf(hash, SIGNATURE);
  }

  /** Spare bits of base64 would let two texts mean the same place. */
  private static byte[] decoded(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) return bytes;
    } catch (IllegalArgumentException notBase64) {
      // said below
    }
    throw broken();
  }

  private static RuntimeException broken() {
    return Query.wrong(
        "after", "broken-cursor", "\"after\" is not a cursor of this list; start without it.");
  }
}
