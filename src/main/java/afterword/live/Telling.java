package afterword.live;

import afterword.events.Event;
import afterword.events.PlacedEvent;
import afterword.events.Position;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.thread.PublicComments;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts events of one thread into words for its readers. A comment is told as it is now: one that
 * was published and removed in between is not told, only its removal.
 */
final class Telling {
  private final PublicComments comments;

  Telling(PublicComments comments) {
    this.comments = comments;
  }

  /** The pieces in order, none where readers need not know. */
  Future<List<Piece>> of(Site site, long thread, List<PlacedEvent> events) {
    List<Long> shown =
        events.stream()
            .map(PlacedEvent::event)
            .filter(Telling::shows)
            .map(Event::commentId)
            .distinct()
            .toList();
    boolean counts = events.stream().anyMatch(placed -> placed.event().delta() != 0);
    Future<Map<Long, Buffer>> texts =
        shown.isEmpty() ? Future.succeededFuture(Map.of()) : comments.published(site, shown);
    Future<Optional<Long>> count =
        counts
            ? comments.count(site, thread).map(Optional::of)
            : Future.succeededFuture(Optional.empty());
    return Future.all(texts, count)
        .map(both -> pieces(site, events, texts.result(), count.result()));
  }

  private static boolean shows(Event event) {
    return switch (event.kind()) {
      case COMMENT_ADDED -> event.delta() > 0;
      case COMMENT_CHANGED -> event.delta() >= 0;
      default -> false;
    };
  }

  private static List<Piece> pieces(
      Site site, List<PlacedEvent> events, Map<Long, Buffer> texts, Optional<Long> count) {
    var pieces = new ArrayList<Piece>();
    for (PlacedEvent placed : events)
      piece(site, placed.event(), placed.position(), texts).ifPresent(pieces::add);
    Position last = events.get(events.size() - 1).position();
    count.ifPresent(number -> pieces.add(Piece.count(number, last)));
    return pieces;
  }

  private static Optional<Piece> piece(
      Site site, Event event, Position position, Map<Long, Buffer> texts) {
    if (event.kind() == Event.Kind.PAGE_CHANGED) return Optional.of(Piece.reload(position));
    boolean ofComment =
        event.kind() == Event.Kind.COMMENT_ADDED || event.kind() == Event.Kind.COMMENT_CHANGED;
    if (ofComment && event.delta() < 0) {
      String id = new PublicId(site.id(), event.commentId()).toString();
      return Optional.of(Piece.removed(id, position));
    }
    if (!shows(event)) return Optional.empty();
    String word = event.delta() > 0 ? "published" : "edited";
    return Optional.ofNullable(texts.get(event.commentId()))
        .map(json -> Piece.of(word, position, json));
  }
}
