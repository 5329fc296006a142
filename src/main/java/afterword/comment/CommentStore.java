package afterword.comment;

import afterword.db.Database;
import afterword.db.DatabaseFailures;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The table of comments, as its authors write and see it. */
final class CommentStore {
  private final Database database;

  CommentStore(Database database) {
    this.database = database;
  }

  /** What became of an insert. */
  enum Outcome {
    STORED,
    /** Another one with the same key is at it this very moment. */
    IN_FLIGHT,
    /** Another one with the same key was faster. */
    KEY_TAKEN,
    PARENT_GONE,
    /** Another post came with the same proof of work. */
    PROOF_SPENT,
    /** The sender has posted as much as one may on a day. */
    DAY_FULL
  }

  /**
   * @param threadId 0 unless stored; @param commenterId null without a commenter key
   */
  record Inserted(Outcome outcome, long threadId, Long commenterId) {}

  /**
   * Page, commenter, comment, audit row, key, event and outbox row in one statement: one
   * transaction, one round trip. The key's lock is tried first, so that a second post with the same
   * key is told at once and nobody waits.
   */
  static final String INSERT =
      """
      with claim as materialized (
        select pg_try_advisory_xact_lock($1) as got
      ), parent as (
        select id from comment
        where site_id = $3 and id = $4 and status = 'published' and (select got from claim)
        for share
      ), fitting as materialized (
        select from claim where got and ($4::bigint is null or exists (select from parent))
      ), proof as (
        insert into spent_proof (site_id, proof, created_at)
        select $3, $44::bytea, $2 from fitting where $44 is not null
        on conflict (site_id, proof) do nothing
        returning proof
      ), proven as materialized (
        select from fitting where $44 is null or exists (select from proof)
      ), day as (
        insert into sender_day as counted (site_id, sender, day, posts)
        select $3, $43::bytea, ($2 at time zone 'UTC')::date, 1 from proven where $42 > 0
        on conflict (site_id, sender, day) do update set posts = counted.posts + 1 where counted.posts < $42
        returning posts
      ), allowed as materialized (
        select from proven where $42::int = 0 or exists (select from day)
      ), new_page as (
        insert into page (site_id, id, key, url, title, published_at, first_seen_at)
        select $3, $5, $6, $7, $8, $9, $2 from allowed where not $10::boolean
        on conflict (site_id, key) do update set key = excluded.key
        returning id
      ), new_commenter as (
        insert into commenter (site_id, id, key_hash, first_seen_at)
        select $3, $11, $12, $2 from allowed where not $13::boolean
        on conflict (site_id, key_hash) do update set key_hash = excluded.key_hash
        returning id
      ), new_comment as (
        insert into comment (site_id, id, thread_id, parent_id, root_id, depth, commenter_id, author_name,
          author_email, author_url, source, html, text, status, shown, reasons, rules_version, fingerprint,
          owner_token_hash, address_hash, range_hash, address_key, created_at, language, link_hosts, alike,
          due_at, notes, shadow)
        select $3, $14, coalesce((select id from new_page), $5), $4, $15, $16,
          case when $12::bytea is null then null else coalesce((select id from new_commenter), $11) end,
          $17, $18, $19, $20, $21, $22, $23::text, $23 = 'published', $24, $25, $26, $27, $28, $29, $30, $2,
          $35, $36, $37, $38, $39, $40
        from allowed
        returning id, thread_id, root_id, commenter_id
      ), new_audit as (
        insert into audit (site_id, at, actor, action, object, version, status_after, reason)
        select $3, $2, 'author', 'post', 'comment:' || id, 1, $23, $31 from new_comment
      ), new_key as (
        insert into idempotency_key (site_id, key_hash, request_hash, comment_id, answer, created_at)
        select $3, $32, $33, id, $34, $2 from new_comment
      ), new_event as (
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select $3, 'comment-added', thread_id, id, root_id, case when $23 = 'published' then 1 else 0 end, $2
        from new_comment
      ), new_outbox as (
        insert into outbox (site_id, comment_id, told, changed_at)
        select $3, id, 'nothing', $2 from new_comment
        where $23 in ('pending', 'published') and has_listener($3)
      ), new_prints as (
        insert into text_print (site_id, print, comment_id, created_at)
        select $3, print, id, $2 from new_comment cross join unnest($41::bigint[]) as own (print)
        on conflict do nothing
      )
      select (select got from claim), exists (select from fitting), exists (select from proven),
        (select thread_id from new_comment), (select commenter_id from new_comment)
      """;

  Future<Inserted> insert(NewComment comment) {
    return database
        .pool()
        .preparedQuery(INSERT)
        .execute(comment.parameters())
        .map(rows -> inserted(rows.iterator().next()))
        .recover(CommentStore::keyTaken)
        .recover(DatabaseFailures::named);
  }

  private static Inserted inserted(Row row) {
    if (!row.getBoolean(0)) return new Inserted(Outcome.IN_FLIGHT, 0, null);
    if (!row.getBoolean(1)) return new Inserted(Outcome.PARENT_GONE, 0, null);
    if (!row.getBoolean(2)) return new Inserted(Outcome.PROOF_SPENT, 0, null);
    Long thread = row.getLong(3);
    return thread == null
        ? new Inserted(Outcome.DAY_FULL, 0, null)
        : new Inserted(Outcome.STORED, thread, row.getLong(4));
  }

  private static Future<Inserted> keyTaken(Throwable cause) {
    boolean taken =
        cause instanceof PgException refused
            && "23505".equals(refused.getSqlState())
            && "idempotency_key_pkey".equals(refused.getConstraint());
    return taken
        ? Future.succeededFuture(new Inserted(Outcome.KEY_TAKEN, 0, null))
        : Future.failedFuture(cause);
  }

  private static final String FORGET_KEY =
      "delete from idempotency_key where site_id = $1 and key_hash = $2 and created_at <= $3";

  /** Frees a key whose time is over. */
  Future<Void> forgetKey(int site, byte[] key, Instant madeUntil) {
    return database.write(
        tx ->
            tx.preparedQuery(FORGET_KEY)
                .execute(Tuple.of(site, Buffer.buffer(key), madeUntil.atOffset(ZoneOffset.UTC)))
                .mapEmpty());
  }

  private static final String REMEMBER_NUDGE =
      """
      insert into nudge (site_id, key_hash, created_at) values ($1, $2, $3)
      on conflict (site_id, key_hash) do update set created_at = excluded.created_at
      """;

  /** The next post with the key is not told again. */
  Future<Void> rememberNudge(int site, byte[] key, Instant now) {
    return database.write(
        tx ->
            tx.preparedQuery(REMEMBER_NUDGE)
                .execute(Tuple.of(site, Buffer.buffer(key), now.atOffset(ZoneOffset.UTC)))
                .mapEmpty());
  }

  private static final String ONE =
      """
      select id, parent_id, root_id, depth, pinned, commenter_id, author_name, author_url, badge, source, html,
        status, created_at, edited_at, version, owner_token_hash, decided_at is not null,
        coalesce((select up - down from comment_score where site_id = $1 and comment_id = $2), 0)
      from comment
      where site_id = $1 and id = $2
      """;

  /** As it is now: its author may have written a moment ago. */
  Future<Optional<CommentRow>> find(PublicId id) {
    return database.readCurrent(reads -> find(reads, id));
  }

  static Future<Optional<CommentRow>> find(SqlClient client, PublicId id) {
    return client
        .preparedQuery(ONE)
        .execute(Tuple.of(id.site(), id.row()))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(row(id, rows.iterator().next())));
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
        r.getBoolean(16),
        r.getLong(17));
  }
}
