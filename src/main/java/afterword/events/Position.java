package afterword.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a reader has come: ids alone become visible out of order, pairs below the oldest running
 * transaction do not.
 */
public record Position(long xid, long eventId) implements Comparable<Position> {
  public static final Position START = new Position(0, 0);
  private static final Pattern TEXT = Pattern.compile("(\\d{1,20})-(\\d{1,19})");

  /** As {@link #toString} writes it, and "0" for the start. */
  public static Optional<Position> parse(String text) {
    if (text.equals("0")) return Optional.of(START);
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) return Optional.empty();
    try {
      return Optional.of(
          new Position(Long.parseUnsignedLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

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
