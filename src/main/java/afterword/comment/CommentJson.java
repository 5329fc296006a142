package afterword.comment;

import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One comment as the contract shows it; the author gets what was typed as well. */
final class CommentJson {
  private CommentJson() {}

  static JsonObject of(CommentRow c, Status status) {
    return new JsonObject()
        .put("id", c.id().toString())
        .put("parentId", c.parentId().map(PublicId::toString).orElse(null))
        .put("rootId", c.rootId().toString())
        .put("depth", c.depth())
        .put("pinned", c.pinned())
        .put(
            "author",
            new JsonObject()
                .put("id", c.authorId().map(PublicId::toString).orElse(null))
                .put("name", c.name())
                .put("url", c.url().orElse(null))
                .put("avatar", null)
                .put("badge", c.badge().orElse(null)))
        .put("html", c.html())
        .put("status", status.word())
        .put("score", c.score())
        .put("createdAt", c.createdAt().toString())
        .put("editedAt", c.editedAt().map(Object::toString).orElse(null))
        .put("version", c.version())
        .put("replyCount", 0)
        .put("replies", new JsonArray())
        .put("nextReplies", null);
  }

  static JsonObject forAuthor(CommentRow c) {
    return of(c, c.statusForAuthor()).put("source", c.source());
  }
}
