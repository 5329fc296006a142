package afterword.live;

import afterword.events.Position;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What some events come to on one page, encoded once for all who look at it. */
final class Frame {
  /** More at once is not sent to everybody; to look again is less. */
  private static final int MOST_BYTES = 256 * 1024;

  private final List<Piece> pieces;
  private final Buffer all;

  /**
   * @param pieces in order, one at least
   */
  Frame(List<Piece> pieces) {
    int bytes = pieces.stream().mapToInt(piece -> piece.bytes().length()).sum();
    Position last = pieces.get(pieces.size() - 1).position();
    this.pieces = bytes <= MOST_BYTES ? List.copyOf(pieces) : List.of(Piece.reload(last));
    this.all = join(this.pieces);
  }

  int size() {
    return all.length();
  }

  Position last() {
    return pieces.get(pieces.size() - 1).position();
  }

  /** What a reader lacks who has everything up to there; empty if that is nothing. */
  Buffer after(Position seen) {
    if (pieces.get(0).position().isAfter(seen)) return all;
    return join(pieces.stream().filter(piece -> piece.position().isAfter(seen)).toList());
  }

  private static Buffer join(List<Piece> pieces) {
    Buffer joined = Buffer.buffer();
    pieces.forEach(piece -> joined.appendBuffer(piece.bytes()));
    return joined;
  }
}
