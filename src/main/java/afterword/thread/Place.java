package afterword.thread;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Where a keyset scan stands: after this row. Ids do not grow with time, so both are needed. */
record Place(boolean pinned, OffsetDateTime createdAt, long id) {
  private static final OffsetDateTime FIRST =
      OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
  private static final OffsetDateTime LAST =
      OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  /** Before the first row in that direction, pinned ones included. */
  static Place start(boolean descending) {
    return descending ? new Place(true, LAST, Long.MAX_VALUE) : new Place(true, FIRST, 0);
  }

  static Place of(ShownComment comment) {
    return new Place(comment.pinned(), comment.createdAt(), comment.id());
  }

  /** Just before the row, so that a scan begins with it. */
  static Place before(ShownComment comment, boolean descending) {
    return new Place(comment.pinned(), comment.createdAt(), comment.id() + (descending ? 1 : -1));
  }
}
