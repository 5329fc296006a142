package afterword.thread;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** JSON Feed 1.1. */
final class JsonFeed {
  private JsonFeed() {}

  static String of(Feed feed) {
    var items = new JsonArray();
    feed.latest().forEach(one -> items.add(item(feed, one)));
    return new JsonObject()
        .put("version", "https://jsonfeed.org/version/1.1")
        .put("title", feed.title())
        .put("feed_url", feed.self())
        .put("items", items)
        .encode();
  }

  private static JsonObject item(Feed feed, LatestStore.Latest one) {
    ShownComment comment = one.comment();
    var author = new JsonObject().put("name", Feed.nameOf(comment));
    if (comment.url() != null) author.put("url", comment.url());
    var item =
        new JsonObject()
            .put("id", feed.address(comment.id()))
            .put("url", feed.address(comment.id()))
            .put("title", Feed.titleOf(one))
            .put("content_html", comment.html())
            .put("date_published", comment.createdAt().toInstant().toString())
            .put("authors", new JsonArray().add(author));
    if (comment.editedAt() != null)
      item.put("date_modified", comment.editedAt().toInstant().toString());
    if (one.pageUrl() != null) item.put("external_url", one.pageUrl());
    if (!comment.isRoot()) {
      item.put("_afterword", new JsonObject().put("in_reply_to", feed.address(comment.parentId())));
    }
    return item;
  }
}
