package afterword.moderation;

import afterword.model.PublicId;
import afterword.rules.Reason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * One comment with everything needed to decide on it, as the contract shows it.
 *
 * @param createdAt, dueAt its places in the orders of the queue
 */
record Card(PublicId id, OffsetDateTime createdAt, OffsetDateTime dueAt, JsonObject json) {

  static Card of(Row row) {
    int site = row.getInteger("site_id");
    var id = new PublicId(site, row.getLong("id"));
    OffsetDateTime created = row.getOffsetDateTime("created_at");
    OffsetDateTime due = row.getOffsetDateTime("due_at");
    var json =
        new JsonObject()
            .put("id", id.toString())
            .put("site", row.getString("site"))
            .put("version", row.getInteger("version"))
            .put("status", row.getString("status"))
            .put("reasons", new JsonArray(List.of(row.getArrayOfStrings("reasons"))))
            .put("source", row.getString("source"))
            .put("text", row.getString("text"))
            .put("author", author(site, row))
            .put("createdAt", CardStore.utc(created))
            .put("editedAt", CardStore.utc(row.getOffsetDateTime("edited_at")))
            .put("decidedAt", CardStore.utc(row.getOffsetDateTime("decided_at")))
            .put("dueAt", CardStore.utc(due))
            .put("language", row.getString("language"))
            .put("linkHosts", new JsonArray(List.of(row.getArrayOfStrings("link_hosts"))))
            .put("score", row.getValue("score"))
            .put("because", because(row))
            .put("odd", odd(row))
            .put("depth", row.getShort("depth"))
            .put("rootId", publicId(site, row.getLong("root_id")))
            .put("pinned", row.getBoolean("pinned"))
            .put("locked", row.getBoolean("locked"))
            .put("heldBy", row.getString("held_by"))
            .put("page", page(site, row))
            .put("parent", parent(site, row))
            .put("context", context())
            .put("approvedText", null)
            .put("history", null)
            .put("similar", new JsonArray())
            .put("notices", new JsonArray())
            .put("appeals", new JsonArray())
            .put("anotherModerator", false)
            .put("gone", false);
    return new Card(id, created, due, json);
  }

  OffsetDateTime time(Order order) {
    return order == Order.DUE ? dueAt : createdAt;
  }

  void addContext(String kind, JsonObject found) {
    if (kind.equals("approved")) {
      json.put("approvedText", found.getString("text"));
      return;
    }
    found.put("id", publicId(id.site(), found.getLong("id")));
    found.put("createdAt", time(found.getString("createdAt")));
    String list =
        switch (kind) {
          case "ancestor" -> "ancestors";
          case "reply" -> "replies";
          default -> "before";
        };
    JsonArray into = json.getJsonObject("context").getJsonArray(list);
    // What was said before is read backwards and shown forwards.
    if (list.equals("before")) into.getList().add(0, found);
    else into.add(found);
  }

  void setHistory(JsonObject history) {
    history.put("firstSeenAt", time(history.getString("firstSeenAt")));
    JsonObject last = history.getJsonObject("lastDecision");
    if (last != null) last.put("at", time(last.getString("at")));
    for (Object note : history.getJsonArray("notes"))
      ((JsonObject) note).put("at", time(((JsonObject) note).getString("at")));
    for (Object other : history.getJsonArray("sameRange"))
      ((JsonObject) other).put("id", publicId(id.site(), ((JsonObject) other).getLong("id")));
    json.put("history", history);
  }

  /**
   * What waits about it is the first reason why it is here.
   *
   * @param open notices and appeals, and what they ask of who looks
   */
  void addOpen(JsonObject open) {
    json.mergeIn(open);
    var reasons = new JsonArray().add(Reason.NOTICE.code());
    json.put("reasons", reasons.addAll(json.getJsonArray("reasons")));
  }

  void addSimilar(Similar group) {
    var others = new JsonArray();
    for (Similar.Other other : group.others())
      others.add(new JsonObject().put("id", other.id().toString()).put("version", other.version()));
    json.getJsonArray("similar").add(new JsonObject().put("by", group.kind()).put("items", others));
  }

  /** As {@code rules.Doubt} names it. */
  private static JsonArray odd(Row row) {
    String odd = row.getString("odd");
    return odd == null ? new JsonArray() : new JsonArray(List.of(odd.split(", ")));
  }

  private static JsonArray because(Row row) {
    return row.getValue("because") instanceof JsonArray because ? because : new JsonArray();
  }

  private static JsonObject author(int site, Row row) {
    return new JsonObject()
        .put("id", publicId(site, row.getLong("commenter_id")))
        .put("name", row.getString("author_name"))
        .put("email", row.getString("author_email"))
        .put("url", row.getString("author_url"))
        .put("badge", row.getString("badge"));
  }

  private static JsonObject page(int site, Row row) {
    return new JsonObject()
        .put("id", publicId(site, row.getLong("page_id")))
        .put("key", row.getString("page_key"))
        .put("url", row.getString("url"))
        .put("title", row.getString("title"))
        .put("open", row.getBoolean("open"));
  }

  private static JsonObject parent(int site, Row row) {
    if (row.getLong("parent_id") == null) return null;
    return new JsonObject()
        .put("id", publicId(site, row.getLong("parent_id")))
        .put("author", new JsonObject().put("name", row.getString("parent_name")))
        .put("text", row.getString("parent_text"));
  }

  private static JsonObject context() {
    return new JsonObject()
        .put("ancestors", new JsonArray())
        .put("before", new JsonArray())
        .put("replies", new JsonArray());
  }

  static String publicId(int site, Long row) {
    return row == null ? null : new PublicId(site, row).toString();
  }

  /** JSON made by PostgreSQL has its own spelling of times. */
  static String time(String written) {
    return written == null ? null : OffsetDateTime.parse(written).toInstant().toString();
  }
}
