package afterword.comment;

import afterword.db.Database;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A site's comments as they were judged. Reads only. */
final class ReplayStore {
  /** So many comments are looked at, the newest. */
  static final int MOST = 10_000;

  private static final int A_PAGE = 500;

  private final Database database;

  ReplayStore(Database database) {
    this.database = database;
  }

  /** The rows that are looked at: how many, and between which numbers. */
  record Extent(int count, long first, long last) {}

  /**
   * A comment as it was judged.
   *
   * @param source the text that was judged, whatever it was changed into since
   * @param range keyed hash of the address range; null where it is not kept
   * @param notes null where it was not judged by rules
   * @param status as it is now
   * @param firstDecidedAt by a moderator, or withdrawn; null where neither has happened
   * @param recalledAt when the machine took it back; null where it never did
   * @param links whether it has any
   */
  record Told(
      PublicId id,
      String pageKey,
      long pageId,
      Long parent,
      Long commenter,
      String range,
      String name,
      Optional<String> email,
      Optional<String> url,
      String source,
      JsonObject notes,
      Status status,
      Instant firstDecidedAt,
      Instant recalledAt,
      boolean links) {}

  private static final String EXTENT =
      """
      select count(*)::int, min(id), max(id)
      from (
        select id from comment where site_id = $1 and badge is null order by id desc limit $2
      ) newest
      """;

  Future<Extent> extent(int site) {
    return database
        .readCurrent(reads -> reads.preparedQuery(EXTENT).execute(Tuple.of(site, MOST)))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              int count = row.getInteger(0);
              return count == 0
                  ? new Extent(0, 0, 0)
                  : new Extent(count, row.getLong(1), row.getLong(2));
            });
  }

  private static final String PAGE =
      """
      select c.id, page.key, c.thread_id, c.parent_id, c.commenter_id, c.author_name, c.author_email,
        c.author_url,
        coalesce(
          (select r.source from comment_revision r
            where r.site_id = $1 and r.comment_id = c.id
              and r.replaced_at > (c.notes -> 'judged' ->> 'at')::timestamptz
            order by r.version limit 1),
          c.source),
        c.notes, c.status,
        least(c.decided_at,
          (select min(d.created_at)
            from decision_item i join decision d on d.site_id = $1 and d.id = i.decision_id
            where i.site_id = $1 and i.comment_id = c.id)),
        encode(c.range_hash, 'hex'), c.link_hosts <> '{}'
      from comment c join page on page.site_id = $1 and page.id = c.thread_id
      where c.site_id = $1 and c.id >= $2 and c.id <= $3 and c.badge is null
      order by c.id
      limit $4
      """;

  /** The next ones, from a number on, in their order. */
  Future<List<Told>> page(int site, long from, Extent extent) {
    return database
        .readCurrent(
            reads -> reads.preparedQuery(PAGE).execute(Tuple.of(site, from, extent.last, A_PAGE)))
        .map(
            rows -> {
              var told = new ArrayList<Told>(rows.size());
              for (Row row : rows) told.add(told(site, row));
              return told;
            });
  }

  private static Told told(int site, Row row) {
    String name = row.getString(5);
    OffsetDateTime decided = row.getOffsetDateTime(11);
    return new Told(
        new PublicId(site, row.getLong(0)),
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getString(12),
        name == null ? "" : name,
        Optional.ofNullable(row.getString(6)),
        Optional.ofNullable(row.getString(7)),
        row.getString(8),
        row.getJsonObject(9),
        Status.of(row.getString(10)),
        decided == null ? null : decided.toInstant(),
        recalledAt(row.getJsonObject(9)),
        row.getBoolean(13));
  }

  private static Instant recalledAt(JsonObject notes) {
    String at = notes == null ? null : notes.getString("recalledAt");
    return at == null ? null : Instant.parse(at);
  }
}
