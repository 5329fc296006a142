package afterword.moderation;

import afterword.db.Database;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads comments for moderators, page by page, oldest or newest first. */
final class QueueStore {
  private final Database database;

  QueueStore(Database database) {
    this.database = database;
  }

  /** Where a page of the queue begins: behind this comment. */
  record Place(OffsetDateTime createdAt, int site, long id) {}

  /** A card with its place, as the contract shows it. */
  record Card(JsonObject json, Place place) {}

  /** Each site is scanned in its own index and gives no more than a page; a merge of them is cheap. */
  private static final String PAGE =
      """
      select c.site_id, c.id, s.key, c.version, c.status, c.reasons, c.source, c.text, c.author_name, c.author_email,
        c.author_url, c.badge, c.commenter_id, c.created_at, c.edited_at, c.depth,
        p.key, p.url, p.title, parent.id, parent.author_name, parent.text
      from unnest($1::int[]) as visible (site_id)
      cross join lateral (
        select * from comment
        where site_id = visible.site_id and status = $2::text
          and ($3::timestamptz is null or (created_at, site_id, id) ~> ($3, $4::int, $5::bigint))
          and ($7::text is null or $7 = any(reasons))
        order by created_at ~~, id ~~
        limit $6::int
      ) c
      join site s on s.id = c.site_id
      join page p on p.site_id = c.site_id and p.id = c.thread_id
      left join comment parent on parent.site_id = c.site_id and parent.id = c.parent_id
      order by c.created_at ~~, c.site_id ~~, c.id ~~
      limit $6
      """;

  private static final String OLDEST = PAGE.replace("~>", ">").replace("~~", "asc");
  private static final String NEWEST = PAGE.replace("~>", "<").replace("~~", "desc");

  Future<List<Card>> page(
      Collection<Integer> sites, Status status, String reason, boolean newest, Place after, int limit) {
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfInteger(sites.toArray(Integer[]::new))
            .addString(status.word())
            .addOffsetDateTime(after == null ? null : after.createdAt())
            .addInteger(after == null ? null : after.site())
            .addLong(after == null ? null : after.id())
            .addInteger(limit)
            .addString(reason);
    return database
        .read(reads -> reads.preparedQuery(newest ? NEWEST : OLDEST).execute(parameters))
        .map(
            rows -> {
              var cards = new ArrayList<Card>();
              for (Row row : rows) cards.add(card(row));
              return cards;
            });
  }

  private static final String WAITING =
      "select count(*) from comment where site_id = any($1::int[]) and status = 'pending'";

  /** How many comments wait for a decision. */
  Future<Long> waiting(Collection<Integer> sites) {
    return database
        .read(reads -> reads.preparedQuery(WAITING).execute(Tuple.of((Object) sites.toArray(Integer[]::new))))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static Card card(Row row) {
    int site = row.getInteger(0);
    OffsetDateTime created = row.getOffsetDateTime(13);
    OffsetDateTime edited = row.getOffsetDateTime(14);
    var json =
        new JsonObject()
            .put("id", new PublicId(site, row.getLong(1)).toString())
            .put("site", row.getString(2))
            .put("version", row.getInteger(3))
            .put("status", row.getString(4))
            .put("reasons", new JsonArray(List.of(row.getArrayOfStrings(5))))
            .put("source", row.getString(6))
            .put("text", row.getString(7))
            .put(
                "author",
                new JsonObject()
                    .put("id", id(site, row.getLong(12)))
                    .put("name", row.getString(8))
                    .put("email", row.getString(9))
                    .put("url", row.getString(10))
                    .put("badge", row.getString(11)))
            .put("createdAt", created.toInstant().toString())
            .put("editedAt", edited == null ? null : edited.toInstant().toString())
            .put("depth", row.getShort(15))
            .put(
                "page",
                new JsonObject()
                    .put("key", row.getString(16))
                    .put("url", row.getString(17))
                    .put("title", row.getString(18)))
            .put("parent", parent(site, row));
    return new Card(json, new Place(created, site, row.getLong(1)));
  }

  private static JsonObject parent(int site, Row row) {
    if (row.getLong(19) == null) return null;
    return new JsonObject()
        .put("id", id(site, row.getLong(19)))
        .put("author", new JsonObject().put("name", row.getString(20)))
        .put("text", row.getString(21));
  }

  private static String id(int site, Long row) {
    return row == null ? null : new PublicId(site, row).toString();
  }
}
