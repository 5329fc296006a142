package afterword.moderation;

import afterword.http.Query;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.FailureException;
import afterword.moderation.QueueStore.Place;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Where the next page of the queue begins, signed so that nobody makes one up. */
final class QueueCursor {
  private final Keys keys;

  QueueCursor(Keys keys) {
    this.keys = keys;
  }

  String write(Place place, Order order) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, place.time().toInstant());
    String text = micros + "." + place.site() + "." + place.id();
    return text + "." + signature(text, order);
  }

  Place read(String cursor, Order order) {
    int last = cursor.lastIndexOf('.');
    boolean ours =
        last > 0
            && keys.signed(
                cursor.substring(last + 1),
                Purpose.CURSOR,
                "queue",
                order.word(),
                cursor.substring(0, last));
    if (!ours) throw broken();
    String[] parts = cursor.substring(0, last).split("\\.");
    Instant createdAt = Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS);
    return new Place(
        createdAt.atOffset(ZoneOffset.UTC), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
  }

  /** A place in one order is none in another. */
  private String signature(String text, Order order) {
    return keys.token(Purpose.CURSOR, "queue", order.word(), text);
  }

  private static FailureException broken() {
    return Query.wrong("after", "broken-cursor", "This cursor is broken; start again without it.");
  }
}
