package afterword.notice;

import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The table of notices. */
final class NoticeStore {
  /**
   * A public comment, as far as a notice is about it.
   *
   * @param html safe
   * @param score the learned one, from 0 to 1; 0 where there is none
   */
  record Noticed(
      String html,
      String author,
      Instant createdAt,
      double score,
      String pageKey,
      Optional<String> pageTitle) {}

  /** That of every change of a comment's status: whoever takes it first is done first. */
  private static final String LOCK =
      """
      select pg_advisory_xact_lock($1::int, (root_id % 256)::int)
      from comment where site_id = $1 and id = $2
      """;

  /** First of all, so that nobody waits for one who waits for them. */
  static Future<Void> lock(SqlClient tx, PublicId comment) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(comment.site(), comment.row())).mapEmpty();
  }

  private static final String NOTICED =
      """
      select c.html, c.author_name, c.created_at, coalesce((c.notes ->> 'score')::float8, 0), p.key, p.title
      from comment c join page p on p.site_id = c.site_id and p.id = c.thread_id
      where c.site_id = $1 and c.id = $2 and c.status = 'published'
      """;

  /** Empty where the comment is not public. */
  Future<Optional<Noticed>> noticed(SqlClient client, PublicId comment) {
    return client
        .preparedQuery(NOTICED)
        .execute(Tuple.of(comment.site(), comment.row()))
        .map(
            rows -> {
              for (Row row : rows)
                return Optional.of(
                    new Noticed(
                        row.getString(0),
                        row.getString(1),
                        row.getOffsetDateTime(2).toInstant(),
                        row.getDouble(3),
                        row.getString(4),
                        Optional.ofNullable(row.getString(5))));
              return Optional.empty();
            });
  }

  /** A notice that is stored. */
  record Stored(PublicId id, byte[] tokenHash) {}

  private static final String ADD =
      """
      insert into notice (site_id, id, comment_id, key_hash, token_hash, category, law, explanation, name, email, created_at)
      values ($1, nextval('notice_id'), $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (site_id, key_hash) do nothing
      returning id, token_hash
      """;

  /** Empty where there is one of the same form already. */
  Future<Optional<Stored>> add(
      SqlClient tx,
      PublicId comment,
      Notice notice,
      byte[] keyHash,
      byte[] tokenHash,
      Instant now) {
    Tuple parameters =
        Tuple.tuple()
            .addInteger(comment.site())
            .addLong(comment.row())
            .addBuffer(Buffer.buffer(keyHash))
            .addBuffer(Buffer.buffer(tokenHash))
            .addString(notice.category().word())
            .addString(notice.law().orElse(null))
            .addString(notice.explanation())
            .addString(notice.name().orElse(null))
            .addString(notice.email().orElse(null))
            .addOffsetDateTime(now.atOffset(ZoneOffset.UTC));
    return tx.preparedQuery(ADD).execute(parameters).map(rows -> stored(comment.site(), rows));
  }

  private static final String BY_KEY =
      "select id, token_hash from notice where site_id = $1 and key_hash = $2";

  Future<Optional<Stored>> byKey(SqlClient tx, int site, byte[] keyHash) {
    return tx.preparedQuery(BY_KEY)
        .execute(Tuple.of(site, Buffer.buffer(keyHash)))
        .map(rows -> stored(site, rows));
  }

  private static Optional<Stored> stored(int site, RowSet<Row> rows) {
    for (Row row : rows)
      return Optional.of(
          new Stored(new PublicId(site, row.getLong(0)), row.getBuffer(1).getBytes()));
    return Optional.empty();
  }

  private static final String HURRY =
      "update comment set due_at = least(coalesce(due_at, created_at), $3) where site_id = $1 and id = $2";

  /** Puts the comment where the most urgent stands in the queue. */
  Future<Void> hurry(SqlClient tx, PublicId comment, Instant dueAt) {
    return tx.preparedQuery(HURRY)
        .execute(Tuple.of(comment.site(), comment.row(), dueAt.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  /**
   * A notice as its sender sees it.
   *
   * @param decision the first one that was made on it; empty while it waits
   */
  record Sent(
      PublicId comment,
      byte[] tokenHash,
      Notice notice,
      Instant createdAt,
      Optional<Long> decision) {}

  private static final String SENT =
      """
      select comment_id, token_hash, category, law, explanation, name, email, created_at, decision_id
      from notice where site_id = $1 and id = $2
      """;

  Future<Optional<Sent>> sent(SqlClient client, PublicId id) {
    return client
        .preparedQuery(SENT)
        .execute(Tuple.of(id.site(), id.row()))
        .map(
            rows -> {
              for (Row row : rows) return Optional.of(sent(id.site(), row));
              return Optional.empty();
            });
  }

  private static Sent sent(int site, Row row) {
    OffsetDateTime createdAt = row.getOffsetDateTime(7);
    return new Sent(
        new PublicId(site, row.getLong(0)),
        row.getBuffer(1).getBytes(),
        new Notice(
            Category.of(row.getString(2)).orElse(Category.OTHER),
            Optional.ofNullable(row.getString(3)),
            row.getString(4),
            Optional.ofNullable(row.getString(5)),
            Optional.ofNullable(row.getString(6))),
        createdAt.toInstant(),
        Optional.ofNullable(row.getLong(8)));
  }
}
