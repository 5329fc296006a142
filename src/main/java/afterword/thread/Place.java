package afterword.thread;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Where a keyset scan stands: after this row. Ids do not grow with time, so both are needed.
 *
 * @param rank of the root where the order is "best", otherwise 0
 * @param moment of which the ranks are, 0 for now; a reader who pages on stays at it
 */
record Place(boolean pinned, int rank, OffsetDateTime createdAt, long id, long moment) {
  private static final OffsetDateTime FIRST =
      OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
  private static final OffsetDateTime LAST =
      OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  /** Before the first row in that direction, pinned ones included. */
  static Place start(boolean descending) {
    return descending
        ? new Place(true, Integer.MAX_VALUE, LAST, Long.MAX_VALUE, 0)
        : new Place(true, 0, FIRST, 0, 0);
  }

  static Place of(ShownComment comment) {
    return new Place(comment.pinned(), 0, comment.createdAt(), comment.id(), 0);
  }

  static Place of(ThreadPage.Root root, long moment) {
    ShownComment comment = root.comment();
    return new Place(comment.pinned(), root.rank(), comment.createdAt(), comment.id(), moment);
  }

  /** Just before the row, so that a scan begins with it. */
  static Place before(ShownComment comment, boolean descending) {
    return of(comment).before(descending);
  }

  Place before(boolean descending) {
    return new Place(pinned, rank, createdAt, id + (descending ? 1 : -1), moment);
  }

  /** The same place among the roots of rank 0, which follow those above and precede those below. */
  Place amongUnranked() {
    if (rank == 0) return this;
    return rank > 0 ? start(true) : start(false);
  }
}
