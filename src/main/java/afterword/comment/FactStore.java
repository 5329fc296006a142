package afterword.comment;

import afterword.db.Database;
import afterword.model.Mode;
import afterword.model.PagePolicy;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.model.Submission;
import afterword.rules.Facts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.data.Inet;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers what is known of a post, in one round trip and never from a replica. */
final class FactStore {
  /** How long a key repeats its answer, and a text counts as said before. */
  static final Duration A_DAY = Duration.ofDays(1);

  /** How far back the same text on another page is looked for. */
  static final Duration THIRTY_DAYS = Duration.ofDays(30);

  private final Database database;

  FactStore(Database database) {
    this.database = database;
  }

  /**
   * A parameter behind "select" is one whose value the planner does not look at: it would find each
   * post a plan of its own, and planning costs more than the answer.
   */
  static final String KNOWN =
      """
      select
        nextval('comment_id'),
        coalesce(host_page.id, nextval('page_id')),
        host_page.id is not null,
        host_page.closed_at is not null,
        host_page.mode,
        host_page.close_after_days,
        coalesce(host_page.published_at, host_page.first_seen_at),
        coalesce(person.id, nextval('commenter_id')),
        person.id is not null,
        (select count(*)::int from (
          select from comment where site_id = $1 and commenter_id = person.id
            and status = 'published' limit (select $6::bigint)) approved),
        (select count(*)::int from (
          select from comment where site_id = $1 and commenter_id = person.id
            and status in ('rejected', 'spam') and decided_at is not null limit (select $6::bigint)) turned_down),
        (select max(case when holds then 1 when shadow then 2 else 3 end) from ban
          where site_id = $1 and lifted_at is null and (expires_at is null or expires_at > $10::timestamptz)
            and (commenter_id = person.id
              or $7::text like email_pattern
              or range_hash = $8::bytea
              or address_range >>= $12::inet)),
        (select coalesce(sum(weight), 0)::int / 100 from flag
          where site_id = $1 and author_id = person.id and settled_at is null),
        (select array_agg(name) from moderator m join site_role r on r.moderator_id = m.id
          where r.site_id = $1 and r.role <> 'viewer' and m.disabled_at is null),
        exists (select from comment
          where site_id = $1 and fingerprint = $11::bytea and created_at > $9::timestamptz
            and thread_id = host_page.id and status <> 'deleted'
            and (commenter_id = person.id or range_hash = $8::bytea)),
        (select count(*)::int from (
          select from comment where site_id = $1 and fingerprint = $11 and created_at > $13::timestamptz
            and status <> 'deleted' and thread_id is distinct from host_page.id
            and (select $14::boolean)
          limit (select $6::bigint)) elsewhere),
        (select array[
            count(*) filter (where near and printed_at > $9),
            case when bool_or(near and (other.id = $4 or not theirs and other.status = 'published')) then 0
              else count(*) filter (where near and theirs and (other.status in ('spam', 'rejected')
              or other.status = 'pending'
                and other.reasons && array['learned-score', 'doubt', 'near-duplicate', 'same-elsewhere'])) end,
            case when bool_or(held and (other.id = $4 or not theirs and other.status = 'published')) then 0
              else count(*) filter (where held and theirs and other.status <> 'deleted') end]::int[]
          from (
            select same.comment_id, max(same.created_at) as printed_at,
              count(*) filter (where own.nth <= $17::int) >= $16::int as near, count(*) >= $18::int as held
            from unnest((select $15::bigint[])) with ordinality as own (print, nth)
              cross join lateral (
                select comment_id, created_at from text_print
                where site_id = $1 and print = own.print and created_at > $13
                order by comment_id desc limit 64) same
            group by same.comment_id
            having count(*) filter (where own.nth <= $17) >= $16 or count(*) >= $18
            limit (select $6::bigint)) alike
          join comment other on other.site_id = $1 and other.id = alike.comment_id
          cross join lateral (
            select (other.commenter_id is null or other.commenter_id is distinct from person.id)
              and other.range_hash is distinct from $8 as theirs) by_others),
        case when parent.id is not null
          then array[parent.id, parent.thread_id, parent.root_id, parent.depth] end,
        case when parent.id is null then null when is_locked($1, parent.id) then 'locked' else parent.status end,
        case when known_key.created_at > $9 then array[known_key.comment_id, known_key.answer] end,
        case when known_key.created_at > $9 then known_key.request_hash end,
        coalesce(known_key.created_at <= $9, false),
        exists (select from nudge where site_id = $1 and key_hash = $5 and created_at > $9)
      from (values (1)) once
        left join page host_page on host_page.site_id = $1 and host_page.id = coalesce(
          (select id from page where site_id = $1 and key = $2),
          (select page_id from page_alias where site_id = $1 and key = $2))
        left join commenter person on person.site_id = $1 and person.key_hash = (select $3::bytea)
        left join comment parent on parent.site_id = $1 and parent.id = $4
        left join idempotency_key known_key on known_key.site_id = $1 and known_key.key_hash = $5::bytea
      """;

  Future<KnownFacts> known(
      Site site, Submission submission, Prints prints, Client client, Instant now) {
    var day = now.minus(A_DAY).atOffset(ZoneOffset.UTC);
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site.id())
            .addString(submission.page().key())
            .addBuffer(prints.commenter().map(Buffer::buffer).orElse(null))
            .addLong(submission.parent().map(PublicId::row).orElse(0L))
            .addBuffer(Buffer.buffer(prints.idempotencyKey()))
            .addLong((long) counted(site))
            .addString(submission.email().map(email -> email.toLowerCase(Locale.ROOT)).orElse(null))
            .addBuffer(Buffer.buffer(prints.range()))
            .addOffsetDateTime(day)
            .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
            .addBuffer(Buffer.buffer(prints.fingerprint()))
            .addValue(inet(client.address()))
            .addOffsetDateTime(now.minus(THIRTY_DAYS).atOffset(ZoneOffset.UTC))
            .addBoolean(prints.telling())
            .addArrayOfLong(prints.text().lookedFor())
            .addInteger(prints.text().enough())
            .addInteger(NearPrints.KEPT)
            .addInteger(prints.text().enoughForACopy());
    return database
        .readCurrent(reads -> reads.preparedQuery(KNOWN).execute(parameters))
        .map(rows -> read(rows.iterator().next(), prints.text(), client.manner(submission)));
  }

  private static final String STORED_KEY =
      """
      select comment_id, answer, request_hash from idempotency_key
      where site_id = $1 and key_hash = $2 and created_at > $3
      """;

  Future<Optional<KnownFacts.StoredKey>> storedKey(Site site, Prints prints, Instant now) {
    var day = now.minus(A_DAY).atOffset(ZoneOffset.UTC);
    return database
        .readCurrent(
            reads ->
                reads
                    .preparedQuery(STORED_KEY)
                    .execute(Tuple.of(site.id(), Buffer.buffer(prints.idempotencyKey()), day)))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              Row row = rows.iterator().next();
              return Optional.of(
                  new KnownFacts.StoredKey(
                      row.getLong(0), row.getShort(1), row.getBuffer(2).getBytes()));
            });
  }

  private static KnownFacts read(Row row, TextPrints text, Facts.Manner manner) {
    return new KnownFacts(
        row.getLong(0),
        row.getLong(1),
        row.getBoolean(2),
        new PagePolicy.Own(
            row.getBoolean(3),
            Optional.ofNullable(row.getString(4)).map(Mode::of),
            Optional.ofNullable(row.getInteger(5))),
        Optional.ofNullable(row.getOffsetDateTime(6)).map(OffsetDateTime::toInstant),
        row.getLong(7),
        row.getBoolean(8),
        new Facts.Author(
            ban(row.getInteger(11)),
            row.getInteger(9),
            row.getInteger(10),
            row.getInteger(12),
            false),
        names(row, 13),
        repeats(row.getBoolean(14), row.getInteger(15), text, row.getArrayOfIntegers(16)),
        manner,
        parent(row),
        storedKey(row),
        row.getBoolean(21),
        row.getBoolean(22));
  }

  /**
   * @param alike texts that are nearly the same, such that are like spam, and copied ones
   */
  static Facts.Repeats repeats(
      boolean sameSender, int elsewhere, TextPrints text, Integer[] alike) {
    int near = text.isShort() ? 0 : alike[0];
    int again = text.isShort() ? alike[0] : 0;
    return new Facts.Repeats(sameSender, elsewhere, near, again, alike[1], alike[2]);
  }

  static List<String> names(Row row, int column) {
    String[] names = row.getArrayOfStrings(column);
    return names == null ? List.of() : List.of(names);
  }

  /** As far as anything asks: a commenter with that many approved comments is no newcomer. */
  static int counted(Site site) {
    int trusted = Math.max(site.settings().trustedAfter(), site.settings().checks().holdFirst());
    return Math.max(Facts.Author.COUNTED, trusted);
  }

  /** Null without one; else what {@link #KNOWN} makes of the strictest that matches. */
  static Facts.Ban ban(Integer strictest) {
    return Facts.Ban.values()[strictest == null ? 0 : strictest];
  }

  private static Optional<KnownFacts.Parent> parent(Row row) {
    Long[] ids = row.getArrayOfLongs(17);
    if (ids == null) return Optional.empty();
    boolean locked = row.getString(18).equals("locked");
    Status status = locked ? Status.PUBLISHED : Status.of(row.getString(18));
    return Optional.of(
        new KnownFacts.Parent(ids[0], ids[1], ids[2], ids[3].intValue(), status, locked));
  }

  private static Optional<KnownFacts.StoredKey> storedKey(Row row) {
    Long[] stored = row.getArrayOfLongs(19);
    if (stored == null) return Optional.empty();
    return Optional.of(
        new KnownFacts.StoredKey(stored[0], stored[1].intValue(), row.getBuffer(20).getBytes()));
  }

  static Inet inet(byte[] address) {
    try {
      return new Inet().setAddress(InetAddress.getByAddress(address));
    } catch (UnknownHostException impossible) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", impossible);
    }
  }
}
