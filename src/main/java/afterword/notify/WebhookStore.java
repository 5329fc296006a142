package afterword.notify;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of webhooks. Secrets are sealed. */
final class WebhookStore {
  /**
   * Where to send, and what to sign with.
   *
   * @param former signs too until then
   */
  record Target(
      int site, long id, String url, byte[] secret, Optional<byte[]> former, Instant formerUntil) {}

  /**
   * A webhook as its owner sees it.
   *
   * @param formerUntil null where one secret is valid
   * @param waiting deliveries that are to be sent
   * @param failed deliveries that were given up, and are kept
   */
  record Listed(
      long id,
      String url,
      List<String> events,
      boolean enabled,
      String createdBy,
      Instant createdAt,
      Instant formerUntil,
      int waiting,
      int failed) {}

  static Target target(int site, Row row, int first) {
    OffsetDateTime until = row.getOffsetDateTime(first + 4);
    return new Target(
        site,
        row.getLong(first),
        row.getString(first + 1),
        row.getBuffer(first + 2).getBytes(),
        Optional.ofNullable(row.getBuffer(first + 3)).map(Buffer::getBytes),
        until == null ? null : until.toInstant());
  }

  private static final String NEXT_ID = "select nextval('webhook_id')";

  /** Known before the row is there, because the secret is sealed under it. */
  Future<Long> nextId(SqlClient tx) {
    return tx.query(NEXT_ID).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  private static final String ADD =
      """
      insert into webhook (site_id, id, url, events, secret, created_by, created_at)
      select $1, $2, $3, $4, $5, $6, $7
      where (select count(*) from webhook where site_id = $1) < $8
      """;

  /** Whether there was room for one more. */
  Future<Boolean> add(
      SqlClient tx,
      int site,
      long id,
      String url,
      List<String> events,
      byte[] secret,
      long moderator,
      Instant now,
      int most) {
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site)
            .addLong(id)
            .addString(url)
            .addArrayOfString(events.toArray(String[]::new))
            .addBuffer(Buffer.buffer(secret))
            .addLong(moderator)
            .addOffsetDateTime(DeliveryStore.utc(now))
            .addLong((long) most);
    return tx.preparedQuery(ADD).execute(parameters).map(rows -> rows.rowCount() > 0);
  }

  private static final String LIST =
      """
      select w.id, w.url, w.events, w.enabled, m.name, w.created_at,
        case when w.former_until > $2::timestamptz then w.former_until end,
        (select count(*)::int from delivery where site_id = $1 and webhook_id = w.id and status = 'waiting'),
        (select count(*)::int from delivery where site_id = $1 and webhook_id = w.id and status = 'failed')
      from webhook w left join moderator m on m.id = w.created_by
      where w.site_id = $1 and ($3::bigint is null or w.id = $3)
      order by w.id
      """;

  /**
   * @param only null for all
   */
  Future<List<Listed>> list(SqlClient client, int site, Long only, Instant now) {
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(site, DeliveryStore.utc(now), only))
        .map(
            rows -> {
              var list = new ArrayList<Listed>();
              for (Row row : rows) list.add(listed(row));
              return list;
            });
  }

  private static Listed listed(Row row) {
    OffsetDateTime until = row.getOffsetDateTime(6);
    return new Listed(
        row.getLong(0),
        row.getString(1),
        List.of(row.getArrayOfStrings(2)),
        row.getBoolean(3),
        row.getString(4),
        row.getOffsetDateTime(5).toInstant(),
        until == null ? null : until.toInstant(),
        row.getInteger(7),
        row.getInteger(8));
  }

  private static final String CHANGE =
      """
      update webhook set url = coalesce($3, url), events = coalesce($4::text[], events),
        enabled = coalesce($5::boolean, enabled)
      where site_id = $1 and id = $2
      """;

  /** What is null stays. Whether there is such a webhook. */
  Future<Boolean> change(
      SqlClient tx, int site, long id, String url, List<String> events, Boolean enabled) {
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site)
            .addLong(id)
            .addString(url)
            .addArrayOfString(events == null ? null : events.toArray(String[]::new))
            .addBoolean(enabled);
    return tx.preparedQuery(CHANGE).execute(parameters).map(rows -> rows.rowCount() > 0);
  }

  private static final String CHANGE_SECRET =
      """
      update webhook set former_secret = secret, former_until = $4, secret = $3
      where site_id = $1 and id = $2
      """;

  Future<Boolean> changeSecret(
      SqlClient tx, int site, long id, byte[] secret, Instant formerUntil) {
    return tx.preparedQuery(CHANGE_SECRET)
        .execute(Tuple.of(site, id, Buffer.buffer(secret), DeliveryStore.utc(formerUntil)))
        .map(rows -> rows.rowCount() > 0);
  }

  private static final String SEAL_ANEW =
      """
      update webhook set secret = $4, former_secret = coalesce($5, former_secret)
      where site_id = $1 and id = $2 and secret = $3
      """;

  /**
   * The same secrets, under a newer secret of the installation.
   *
   * @param former null to leave it
   */
  Future<Void> sealAnew(SqlClient tx, Target target, byte[] sealed, byte[] former) {
    return tx.preparedQuery(SEAL_ANEW)
        .execute(
            Tuple.of(
                target.site,
                target.id,
                Buffer.buffer(target.secret),
                Buffer.buffer(sealed),
                former == null ? null : Buffer.buffer(former)))
        .mapEmpty();
  }

  private static final String REMOVE = "delete from webhook where site_id = $1 and id = $2";

  /** With its deliveries. */
  Future<Boolean> remove(SqlClient tx, int site, long id) {
    return tx.preparedQuery(REMOVE).execute(Tuple.of(site, id)).map(rows -> rows.rowCount() > 0);
  }
}
