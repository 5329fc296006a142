package afterword.comment;

import afterword.model.Retention;
import afterword.model.Status;
import afterword.notice.NoticeErasure;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Of which comments a site wants to keep nothing, or not the sender, any more. */
public final class RetentionStore {
  /** Counts end here: more is many. */
  public static final int MANY = 10_000;

  /** Texts that go after a while. */
  public enum Texts {
    REJECTED(Status.REJECTED),
    SPAM(Status.SPAM),
    DELETED(Status.DELETED);

    private final Status status;

    Texts(Status status) {
      this.status = status;
    }

    public int days(Retention retention) {
      return this == DELETED ? retention.deletedDays() : retention.rejectedDays();
    }

    /** $2 until when they were decided on, changed or posted last; $3 now. */
    private String where() {
      return """
          from comment c
          where c.site_id = $1 and c.status = '%s' and c.source <> ''
            and greatest(c.created_at, c.decided_at, c.edited_at) < $2::timestamptz
            and %s
          order by greatest(c.created_at, c.decided_at, c.edited_at)
          limit $4
          """
          .formatted(status.word(), NoticeErasure.atRest("$3::timestamptz"));
    }

    String over() {
      return "select c.id " + where() + " for update of c skip locked";
    }

    private String count() {
      return "select count(*)::int from (select " + where() + ") counted";
    }
  }

  /** Locked, so that no other process takes the same; empty where there is nothing left to do. */
  public Future<Long[]> over(
      SqlConnection tx, int site, Texts texts, int days, Instant now, int most) {
    return tx.preparedQuery(texts.over())
        .execute(Tuple.of(site, before(now, days), utc(now), most))
        .map(rows -> rows.stream().map(row -> row.getLong(0)).toArray(Long[]::new));
  }

  /** What else the address was kept in went within thirty days. */
  static final String FORGET =
      """
      with old as (
        select id from comment
        where site_id = $1 and created_at < $2::timestamptz
          and (author_email is not null or address_hash is not null or range_hash is not null)
        order by created_at
        limit $3
        for no key update skip locked
      )
      update comment c
      set author_email = null, address_hash = null, range_hash = null, address_key = null
      from old
      where c.site_id = $1 and c.id = old.id
      """;

  /** E-mail address and address hashes; how many comments there were. */
  public Future<Integer> forgetSenders(
      SqlConnection tx, int site, int days, Instant now, int most) {
    return tx.preparedQuery(FORGET)
        .execute(Tuple.of(site, before(now, days), most))
        .map(rows -> rows.rowCount());
  }

  private static final String SENDERS =
      """
      select count(*)::int from (
        select from comment
        where site_id = $1 and created_at < $2::timestamptz
          and (author_email is not null or address_hash is not null or range_hash is not null)
        limit $3) counted
      """;

  /** How much would go, one more than {@link #MANY} at most; nothing where it is kept for ever. */
  public Future<Integer> senders(SqlClient client, int site, int days, Instant now) {
    if (days == 0) return Future.succeededFuture(0);
    return count(client, SENDERS, Tuple.of(site, before(now, days), MANY + 1));
  }

  public Future<Integer> texts(
      SqlClient client, int site, Texts texts, Retention asked, Instant now) {
    int days = texts.days(asked);
    if (days == 0) return Future.succeededFuture(0);
    return count(client, texts.count(), Tuple.of(site, before(now, days), utc(now), MANY + 1));
  }

  private static Future<Integer> count(SqlClient client, String sql, Tuple parameters) {
    return client
        .preparedQuery(sql)
        .execute(parameters)
        .map(rows -> rows.iterator().next().getInteger(0));
  }

  private static OffsetDateTime before(Instant now, int days) {
    return utc(now.minus(Duration.ofDays(days)));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
