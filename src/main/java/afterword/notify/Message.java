package afterword.notify;

import afterword.comment.CommentReader.Seen;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** The body of a call: what happened, when, and the comment as the public interface shows it. */
final class Message {
  private Message() {}

  /**
   * @param seen empty for a ping
   */
  static Buffer of(Happening happening, Instant at, String site, Optional<Seen> seen) {
    var data = new JsonObject().put("site", site);
    seen.ifPresent(
        comment ->
            data.put(
                    "page",
                    new JsonObject()
                        .put("key", comment.pageKey())
                        .put("url", comment.pageUrl())
                        .put("title", comment.pageTitle()))
                .put("comment", happening == Happening.REMOVED ? bare(comment) : comment.json()));
    return new JsonObject()
        .put("type", happening.word())
        .put("timestamp", at.toString())
        .put("data", data)
        .toBuffer();
  }

  /** As threads show one that is gone: no author, no text, and why it went is nobody's business. */
  private static JsonObject bare(Seen comment) {
    return comment.json().put("author", null).put("html", null).put("status", "deleted");
  }
}
