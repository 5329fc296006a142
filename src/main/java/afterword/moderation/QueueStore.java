package afterword.moderation;

import afterword.db.Database;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads comments for moderators, page by page, oldest or newest first. */
final class QueueStore {
  private final Database database;

  QueueStore(Database database) {
    this.database = database;
  }

  /** Where a page of the queue begins: behind this comment. */
  record Place(OffsetDateTime createdAt, int site, long id) {}

  static final Place OLDEST = new Place(Instant.EPOCH.atOffset(ZoneOffset.UTC), 0, 0);
  static final Place NEWEST =
      new Place(Instant.parse("9999-01-01T00:00:00Z").atOffset(ZoneOffset.UTC), 0, 0);
  static final long MANY = 1_000;
  private static final int QUOTED = 500;

  /** A card with its place, as the contract shows it. */
  record Card(JsonObject json, Place place) {}

  /**
   * Each site is scanned in its own partial index and gives no more than a page; a merge of them is
   * cheap. The status is part of the text, because a plan that is made for any status has no index.
   */
  private static final String PAGE =
      """
      select c.site_id, c.id, s.key, c.version, c.status, c.reasons, c.source, c.text, c.author_name, c.author_email,
        c.author_url, c.badge, c.commenter_id, c.created_at, c.edited_at, c.depth,
        p.key, p.url, p.title, parent.id, parent.author_name, left(parent.text, %d)
      from unnest($1::int[]) as visible (site_id)
      cross join lateral (
        select * from comment
        where site_id = visible.site_id and status = '%%STATUS%%'
          and created_at %%AFTER%%= $2::timestamptz
          and (created_at, site_id, id) %%AFTER%% ($2, $3::int, $4::bigint)
          and ($5::text is null or $5 = any(reasons))
          and ($6::text is null or thread_id = coalesce(
            (select page.id from page where page.site_id = visible.site_id and page.key = $6),
            (select alias.page_id from page_alias alias where alias.site_id = visible.site_id and alias.key = $6)))
          and ($7::bigint is null or commenter_id = $7)
          and ($8::text is null or text ilike $8 or author_name ilike $8)
        order by created_at %%ORDER%%, id %%ORDER%%
        limit $9::int
      ) c
      join site s on s.id = c.site_id
      join page p on p.site_id = c.site_id and p.id = c.thread_id
      left join comment parent on parent.site_id = c.site_id and parent.id = c.parent_id
      order by c.created_at %%ORDER%%, c.site_id %%ORDER%%, c.id %%ORDER%%
      limit $9
      """
          .formatted(QUOTED);

  static String sql(Status status, boolean newestFirst) {
    return PAGE.replace("%STATUS%", status.word())
        .replace("%AFTER%", newestFirst ? "<" : ">")
        .replace("%ORDER%", newestFirst ? "desc" : "asc");
  }

  private static final Map<Status, String> OLDEST_FIRST = sqlOfAll(false);
  private static final Map<Status, String> NEWEST_FIRST = sqlOfAll(true);

  private static Map<Status, String> sqlOfAll(boolean newestFirst) {
    return Arrays.stream(Status.values())
        .collect(Collectors.toMap(Function.identity(), status -> sql(status, newestFirst)));
  }

  /** Also what this moderator has just decided on another process: never from a replica. */
  Future<List<Card>> page(
      Collection<Integer> sites, Filter filter, Optional<Place> after, int limit) {
    String sql = (filter.newestFirst() ? NEWEST_FIRST : OLDEST_FIRST).get(filter.status());
    Tuple parameters =
        parameters(sites, filter, after.orElse(filter.newestFirst() ? NEWEST : OLDEST), limit);
    return database
        .readCurrent(client -> client.preparedQuery(sql).execute(parameters))
        .map(
            rows -> {
              var cards = new ArrayList<Card>(rows.size());
              for (Row row : rows) cards.add(card(row));
              return cards;
            });
  }

  static Tuple parameters(Collection<Integer> sites, Filter filter, Place after, int limit) {
    return Tuple.tuple()
        .addArrayOfInteger(sites.toArray(Integer[]::new))
        .addOffsetDateTime(after.createdAt())
        .addInteger(after.site())
        .addLong(after.id())
        .addString(filter.reason().orElse(null))
        .addString(filter.page().orElse(null))
        .addLong(filter.author().map(PublicId::row).orElse(null))
        .addString(
            filter
                .text()
                .map(text -> "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .orElse(null))
        .addInteger(limit);
  }

  /** Index entries of one status only; a thousand are enough to say "many". */
  private static final String WAITING =
      """
      select count(*) from (
        select from unnest($1::int[]) as visible (site_id)
        cross join lateral (
          select from comment where site_id = visible.site_id and status = 'pending' limit $2
        ) waiting
        limit $2
      ) counted
      """;

  /** How many comments wait for a decision, {@link #MANY} for that many or more. */
  Future<Long> waiting(Collection<Integer> sites) {
    return database
        .readCurrent(
            client ->
                client
                    .preparedQuery(WAITING)
                    .execute(Tuple.of(sites.toArray(Integer[]::new), MANY)))
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
