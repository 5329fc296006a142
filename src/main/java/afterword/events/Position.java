package afterword.events;

/**
 * How far a reader has come: ids alone become visible out of order, pairs below the oldest running
 * transaction do not.
 */
public record Position(long xid, long eventId) implements Comparable<Position> {
  public static final Position START = new Position(0, 0);

  @Override
  public int compareTo(Position other) {
    int byTransaction = Long.compareUnsigned(xid, other.xid);
    return byTransaction != 0 ? byTransaction : Long.compare(eventId, other.eventId);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(xid) + "-" + eventId;
  }
}
