package afterword.comment;

import afterword.db.Database;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.model.Submission;
import afterword.markup.Rendered;
import afterword.rules.Reason;
import afterword.rules.Verdict;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The table of comments. */
final class CommentStore {
  private final Database database;

  CommentStore(Database database) {
    this.database = database;
  }

  /** What became of an insert. */
  enum Inserted {
    STORED,
    IN_FLIGHT,
    PARENT_GONE
  }

  /**
   * Comment, page, commenter, audit row, key and event in one statement, hence one transaction and one round
   * trip. The key's lock is tried first: a second post with the same key is told at once.
   */
  private static final String INSERT =
      """
      with claim as materialized (
        select pg_try_advisory_xact_lock($1::int, $2::int) as got
      ), parent as (
        select id from comment where site_id = $3::int and id = $4::bigint and status = 'published'
          and (select got from claim)
        for share
      ), allowed as materialized (
        select from claim where got and ($4 is null or exists (select from parent))
      ), new_page as (
        insert into page (site_id, id, key, url, title, published_at, first_seen_at)
        select $3, $5::bigint, $6::text, $7::text, $8::text, $9::timestamptz, $10::timestamptz from allowed where not $11::boolean
        on conflict (site_id, key) do update set key = excluded.key
        returning id
      ), new_commenter as (
        insert into commenter (site_id, id, key_hash, first_seen_at)
        select $3, $12::bigint, $13::bytea, $10 from allowed where not $14::boolean
        on conflict (site_id, key_hash) do update set key_hash = excluded.key_hash
        returning id
      ), new_comment as (
        insert into comment (site_id, id, thread_id, parent_id, root_id, depth, commenter_id, author_name,
          author_email, author_url, source, html, text, status, shown, reasons, rules_version, fingerprint,
          owner_token_hash, address_hash, range_hash, address_key, created_at)
        select $3, $15::bigint, coalesce((select id from new_page), $5), $4, coalesce($16::bigint, $15), $17::smallint,
          case when $13 is null then null else coalesce((select id from new_commenter), $12) end,
          $18::text, $19::text, $20::text, $21::text, $22::text, $23::text, $24::text, $24 = 'published', $25::text[], $26::bigint, $27::bytea, $28::bytea, $29::bytea, $30::bytea, $31::smallint, $10
        from allowed
        returning id, thread_id, root_id
      ), new_audit as (
        insert into audit (site_id, at, actor, action, object, version, status_after, reason)
        select $3, $10, 'author', 'post', 'comment:' || id, 1, $24, $32::text from new_comment
      ), new_key as (
        insert into idempotency_key (site_id, key_hash, request_hash, comment_id, answer, created_at)
        select $3, $33::bytea, $34::bytea, id, $35::smallint, $10 from new_comment
      ), new_event as (
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select $3, 'comment-added', thread_id, id, root_id, case when $24 = 'published' then 1 else 0 end, $10
        from new_comment
      )
      select (select got from claim), (select thread_id from new_comment)
      """;

  Future<Stored> insert(
      Site site, Submission s, Rendered body, KnownFacts known, Verdict verdict, Prints prints, byte[] tokenHash,
      short addressKey, Instant now) {
    OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
    ByteBuffer lock = ByteBuffer.wrap(prints.idempotencyKey());
    Status status = status(verdict);
    boolean keyed = prints.commenter().isPresent();
    int depth = known.parent().map(p -> Math.min(p.depth() + 1, site.settings().maxDepth())).orElse(0);
    String[] reasons = verdict.reasons().stream().map(Reason::code).toArray(String[]::new);
    Tuple parameters =
        Tuple.tuple()
            .addInteger(lock.getInt())
            .addInteger(lock.getInt())
            .addInteger(site.id())
            .addLong(known.parent().map(KnownFacts.Parent::id).orElse(null))
            .addLong(known.pageId())
            .addString(s.page().key())
            .addString(s.page().url().orElse(null))
            .addString(s.page().title().orElse(null))
            .addOffsetDateTime(s.page().publishedAt().map(t -> t.atOffset(ZoneOffset.UTC)).orElse(null))
            .addOffsetDateTime(at)
            .addBoolean(known.pageKnown())
            .addLong(known.commenterId())
            .addBuffer(prints.commenter().map(Buffer::buffer).orElse(null))
            .addBoolean(known.commenterKnown() || !keyed)
            .addLong(known.commentId())
            .addLong(known.parent().map(KnownFacts.Parent::rootId).orElse(null))
            .addShort((short) depth)
            .addString(s.name())
            .addString(s.email().orElse(null))
            .addString(s.url().orElse(null))
            .addString(s.body())
            .addString(body.html())
            .addString(body.text())
            .addString(status.word())
            .addArrayOfString(reasons)
            .addLong(site.version())
            .addBuffer(Buffer.buffer(prints.fingerprint()))
            .addBuffer(Buffer.buffer(tokenHash))
            .addBuffer(Buffer.buffer(prints.address()))
            .addBuffer(Buffer.buffer(prints.range()))
            .addShort(addressKey)
            .addString(String.join(" ", reasons))
            .addBuffer(Buffer.buffer(prints.idempotencyKey()))
            .addBuffer(Buffer.buffer(prints.request()))
            .addShort((short) (status == Status.PUBLISHED ? 201 : 202));
    return database
        .write(tx -> tx.preparedQuery(INSERT).execute(parameters))
        .map(rows -> stored(rows.iterator().next()));
  }

  /** @param threadId 0 unless stored */
  record Stored(Inserted outcome, long threadId) {}

  private static Stored stored(Row row) {
    if (!row.getBoolean(0)) return new Stored(Inserted.IN_FLIGHT, 0);
    Long thread = row.getLong(1);
    return thread == null ? new Stored(Inserted.PARENT_GONE, 0) : new Stored(Inserted.STORED, thread);
  }

  static Status status(Verdict verdict) {
    if (verdict instanceof Verdict.Publish) return Status.PUBLISHED;
    return verdict instanceof Verdict.Hold ? Status.PENDING : Status.SPAM;
  }

  private static final String ONE =
      """
      select id, parent_id, root_id, depth, pinned, commenter_id, author_name, author_url, badge, source, html,
        status, created_at, edited_at, version, owner_token_hash, decided_at is not null
      from comment where site_id = $1 and id = $2
      """;

  Future<Optional<CommentRow>> find(PublicId id) {
    return database.read(reads -> find(reads, id));
  }

  static Future<Optional<CommentRow>> find(SqlClient client, PublicId id) {
    return client
        .preparedQuery(ONE)
        .execute(Tuple.of(id.site(), id.row()))
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(row(id, rows.iterator().next())));
  }

  private static CommentRow row(PublicId id, Row r) {
    return new CommentRow(
        id,
        Optional.ofNullable(r.getLong(1)).map(parent -> new PublicId(id.site(), parent)),
        new PublicId(id.site(), r.getLong(2)),
        r.getShort(3),
        r.getBoolean(4),
        Optional.ofNullable(r.getLong(5)).map(author -> new PublicId(id.site(), author)),
        r.getString(6),
        Optional.ofNullable(r.getString(7)),
        Optional.ofNullable(r.getString(8)),
        r.getString(9),
        r.getString(10),
        Status.of(r.getString(11)),
        r.getOffsetDateTime(12).toInstant(),
        Optional.ofNullable(r.getOffsetDateTime(13)).map(OffsetDateTime::toInstant),
        r.getInteger(14),
        r.getBuffer(15).getBytes(),
        r.getBoolean(16));
  }
}
