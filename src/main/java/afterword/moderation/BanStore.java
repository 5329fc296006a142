package afterword.moderation;

import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The table of bans. */
final class BanStore {
  /**
   * Whom a ban keeps out; one of the four.
   *
   * @param emailPattern as SQL's "like" wants it
   * @param rangeOf a comment from the same range of addresses
   * @param range as typed, such as 192.0.2.0/24
   */
  record Target(
      Optional<Long> commenter,
      Optional<String> emailPattern,
      Optional<Long> rangeOf,
      Optional<String> range) {
    String kind() {
      return commenter.isPresent() ? "commenter" : emailPattern.isPresent() ? "email" : "range";
    }
  }

  private static final String ADD =
      """
      insert into ban (site_id, kind, commenter_id, email_pattern, range_hash, address_range, shadow, reason,
        created_by, created_at, expires_at, holds)
      select $1, $2, $3::bigint, $4::text,
        (select range_hash from comment where site_id = $1 and id = $5::bigint), $6::text::cidr, $7, $8, $9, $10,
        $11::timestamptz, $12
      where $5 is null
        or exists (select from comment where site_id = $1 and id = $5 and range_hash is not null)
      returning id
      """;

  /** Empty where nothing is known of the address of the comment it shall be taken from. */
  Future<Optional<Long>> add(
      SqlClient tx,
      int site,
      Target target,
      boolean shadow,
      boolean holds,
      String reason,
      long moderator,
      Instant now,
      Optional<Instant> until) {
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site)
            .addString(target.kind())
            .addLong(target.commenter.orElse(null))
            .addString(target.emailPattern.orElse(null))
            .addLong(target.rangeOf.orElse(null))
            .addString(target.range.orElse(null))
            .addBoolean(shadow)
            .addString(reason)
            .addLong(moderator)
            .addOffsetDateTime(utc(now))
            .addOffsetDateTime(until.map(BanStore::utc).orElse(null))
            .addBoolean(holds);
    return tx.preparedQuery(ADD)
        .execute(parameters)
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getLong(0)));
  }

  private static final String WAITING =
      """
      select c.id, c.version from comment c
      join ban b on b.site_id = c.site_id and b.id = $2
      where c.site_id = $1 and c.status = 'pending'
        and (c.commenter_id = b.commenter_id or lower(c.author_email) like b.email_pattern
          or c.range_hash = b.range_hash)
      order by c.id
      limit $3
      """;

  /** What waits and is by whom the ban keeps out, with its version. */
  Future<Map<PublicId, Integer>> waiting(SqlClient client, int site, long ban, int most) {
    return client
        .preparedQuery(WAITING)
        .execute(Tuple.of(site, ban, most))
        .map(
            rows -> {
              var found = new LinkedHashMap<PublicId, Integer>();
              for (Row row : rows) found.put(new PublicId(site, row.getLong(0)), row.getInteger(1));
              return found;
            });
  }

  private static final String LIST =
      """
      select b.site_id, b.id, s.key, b.kind, b.commenter_id,
        (select author_name from comment c where c.site_id = b.site_id and c.commenter_id = b.commenter_id
          order by c.created_at desc limit 1),
        b.email_pattern, b.address_range::text, b.shadow, b.reason, m.name, b.created_at, b.expires_at,
        b.holds, b.automatic
      from ban b
      join site s on s.id = b.site_id
      left join moderator m on m.id = b.created_by
      where b.site_id = any($1::int[]) and b.lifted_at is null
        and (b.expires_at is null or b.expires_at > $2::timestamptz)
        and ($3::bigint is null or b.id = $3)
      order by b.created_at desc, b.id desc
      limit 500
      """;

  Future<List<JsonObject>> list(
      SqlClient client, Collection<Integer> sites, Instant now, Long only) {
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(sites.toArray(Integer[]::new), utc(now), only))
        .map(
            rows -> {
              var list = new ArrayList<JsonObject>();
              for (Row row : rows) list.add(json(row));
              return list;
            });
  }

  private static JsonObject json(Row row) {
    int site = row.getInteger(0);
    String pattern = row.getString(6);
    return new JsonObject()
        .put("id", Card.publicId(site, row.getLong(1)))
        .put("site", row.getString(2))
        .put("by", row.getString(3))
        .put("author", Card.publicId(site, row.getLong(4)))
        .put("name", row.getString(5))
        .put("email", pattern == null ? null : typed(pattern))
        .put("range", row.getString(7))
        .put("shadow", row.getBoolean(8))
        .put("reason", row.getString(9))
        .put("createdBy", row.getString(10))
        .put("createdAt", CardStore.utc(row.getOffsetDateTime(11)))
        .put("expiresAt", CardStore.utc(row.getOffsetDateTime(12)))
        .put("holds", row.getBoolean(13))
        .put("automatic", row.getBoolean(14));
  }

  /** "*@evil.example" as SQL's "like" wants it. */
  static String pattern(String typed) {
    return typed.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1").replace("*", "%");
  }

  private static String typed(String pattern) {
    return pattern.replaceAll("(?<!\\\\)%", "*").replaceAll("\\\\([\\\\%_])", "$1");
  }

  private static final String LIFT =
      """
      update ban set lifted_at = $3 where site_id = $1 and id = $2 and lifted_at is null
      returning kind
      """;

  Future<Boolean> lift(SqlClient tx, PublicId id, Instant now) {
    return tx.preparedQuery(LIFT)
        .execute(Tuple.of(id.site(), id.row(), utc(now)))
        .map(rows -> rows.size() > 0);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
