package afterword.comment;

import afterword.markup.Rendered;
import afterword.model.Mode;
import afterword.model.PagePolicy;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.rules.Facts;
import afterword.rules.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Changes what a comment says, and keeps what it said before. */
final class EditStore {
  /** A new text, judged. */
  record Edit(
      Site site,
      PublicId id,
      int version,
      String source,
      Rendered body,
      Status status,
      Judged judged,
      EditPrints prints,
      Instant now) {}

  /** The hashes of a new text and of where it comes from. */
  record EditPrints(byte[] range, byte[] fingerprint, boolean telling, TextPrints text) {}

  /** Where the changed comment stands. */
  record Edited(long threadId, long rootId, Status before) {}

  private static final String KNOWN =
      """
      select page.key, page.closed_at is not null, page.mode, page.close_after_days,
        coalesce(page.published_at, page.first_seen_at), c.author_email,
        (select count(*)::int from (
          select from comment other
          where other.site_id = $1 and other.commenter_id = c.commenter_id and other.status = 'published'
            and other.id <> c.id
          limit $3) approved),
        (select count(*)::int from (
          select from comment other
          where other.site_id = $1 and other.commenter_id = c.commenter_id
            and other.status in ('rejected', 'spam') and other.decided_at is not null
          limit $3) turned_down),
        (select max(case when holds then 1 when shadow then 2 else 3 end) from ban
          where site_id = $1 and lifted_at is null and (expires_at is null or expires_at > $4::timestamptz)
            and (commenter_id = c.commenter_id
              or lower(c.author_email) like email_pattern
              or range_hash = $5::bytea
              or address_range >>= $6::inet)),
        (select coalesce(sum(weight), 0)::int / 100 from flag
          where site_id = $1 and author_id = c.commenter_id and settled_at is null),
        (select array_agg(name) from moderator m join site_role r on r.moderator_id = m.id
          where r.site_id = $1 and r.role <> 'viewer' and m.disabled_at is null),
        (select count(*)::int from (
          select from comment other
          where other.site_id = $1 and other.fingerprint = $7::bytea and other.created_at > $8::timestamptz
            and other.status <> 'deleted' and other.thread_id <> c.thread_id and $9::boolean
          limit $3) elsewhere),
        (select array[
            count(*) filter (where near and printed_at > $11::timestamptz),
            case when bool_or(near and (other.id = c.parent_id or not theirs and other.status = 'published')) then 0
              else count(*) filter (where near and theirs and (other.status in ('spam', 'rejected')
              or other.status = 'pending'
                and other.reasons && array['learned-score', 'doubt', 'near-duplicate', 'same-elsewhere'])) end,
            case when bool_or(held and (other.id = c.parent_id or not theirs and other.status = 'published')) then 0
              else count(*) filter (where held and theirs and other.status <> 'deleted') end]::int[]
          from (
            select same.comment_id, max(same.created_at) as printed_at,
              count(*) filter (where own.nth <= $13::int) >= $12::int as near, count(*) >= $14::int as held
            from unnest($10::bigint[]) with ordinality as own (print, nth)
              cross join lateral (
                select comment_id, created_at from text_print
                where site_id = $1 and print = own.print and created_at > $8 and comment_id <> $2
                order by comment_id desc limit 64) same
            group by same.comment_id
            having count(*) filter (where own.nth <= $13) >= $12 or count(*) >= $14
            limit $3) alike
          join comment other on other.site_id = $1 and other.id = alike.comment_id
          cross join lateral (
            select (other.commenter_id is null or other.commenter_id is distinct from c.commenter_id)
              and other.range_hash is distinct from c.range_hash as theirs) by_others)
      from comment c join page on page.site_id = $1 and page.id = c.thread_id
      where c.site_id = $1 and c.id = $2
      """;

  /** What rules ask of an edit. The comment itself does not count towards its author's trust. */
  record Known(String pageKey, Optional<String> email, KnownFacts facts) {}

  Future<Known> known(
      SqlClient client, Site site, PublicId id, Client from, EditPrints prints, Instant now) {
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site.id())
            .addLong(id.row())
            .addLong((long) FactStore.counted(site))
            .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
            .addBuffer(Buffer.buffer(prints.range()))
            .addValue(FactStore.inet(from.address()))
            .addBuffer(Buffer.buffer(prints.fingerprint()))
            .addOffsetDateTime(now.minus(FactStore.THIRTY_DAYS).atOffset(ZoneOffset.UTC))
            .addBoolean(prints.telling())
            .addArrayOfLong(prints.text().lookedFor())
            .addOffsetDateTime(now.minus(FactStore.A_DAY).atOffset(ZoneOffset.UTC))
            .addInteger(prints.text().enough())
            .addInteger(NearPrints.KEPT)
            .addInteger(prints.text().enoughForACopy());
    return client
        .preparedQuery(KNOWN)
        .execute(parameters)
        .map(rows -> known(id, from, prints.text(), rows.iterator().next()));
  }

  private static Known known(PublicId id, Client from, TextPrints text, Row row) {
    var facts =
        new KnownFacts(
            id.row(),
            0,
            true,
            new PagePolicy.Own(
                row.getBoolean(1),
                Optional.ofNullable(row.getString(2)).map(Mode::of),
                Optional.ofNullable(row.getInteger(3))),
            Optional.of(row.getOffsetDateTime(4).toInstant()),
            0,
            true,
            new Facts.Author(
                FactStore.ban(row.getInteger(8)),
                row.getInteger(6),
                row.getInteger(7),
                row.getInteger(9),
                false),
            FactStore.names(row, 10),
            FactStore.repeats(false, row.getInteger(11), text, row.getArrayOfIntegers(12)),
            from.mannerOfEdit(),
            Optional.empty(),
            Optional.empty(),
            false,
            false);
    return new Known(row.getString(0), Optional.ofNullable(row.getString(5)), facts);
  }

  private static final String EDIT =
      """
      with locked as (
        select id, thread_id, root_id, status, version, source, html, text,
          coalesce(edited_at, created_at) as written_at
        from comment
        where site_id = $1 and id = $2 and version = $3
        for update
      ), kept as (
        insert into comment_revision
          (site_id, comment_id, version, source, html, text, written_at, replaced_at)
        select $1, id, version, source, html, text, written_at, $4 from locked
      ), changed as (
        update comment c
        set source = $5, html = $6, text = $7, status = $8::text, reasons = $9, rules_version = $10,
          fingerprint = $11, edited_at = $4, version = c.version + 1, language = $13, link_hosts = $14, alike = $15,
          notes = $16, shadow = $17
        from locked
        where c.site_id = $1 and c.id = locked.id
      ), unprinted as (
        delete from text_print
        where site_id = $1 and comment_id = (select id from locked) and print <> all ($18::bigint[])
      ), printed as (
        insert into text_print (site_id, print, comment_id, created_at)
        select $1, print, id, $4 from locked cross join unnest($18) as own (print)
        on conflict do nothing
      ), recorded as (
        insert into audit (site_id, at, actor, action, object, version, status_before, status_after, reason)
        select $1, $4, 'author', 'edit', 'comment:' || id, version + 1, status, $8, $12 from locked
      ), told as (
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select $1, 'comment-changed', thread_id, id, root_id,
          (case when $8 = 'published' then 1 else 0 end) - (case when status = 'published' then 1 else 0 end), $4
        from locked
      )
      select thread_id, root_id, status from locked
      """;

  /** Empty where the comment is at another version by now. */
  Future<Optional<Edited>> edit(SqlConnection tx, Edit edit) {
    return tx.preparedQuery(StatusChange.LOCK)
        .execute(ids(edit))
        .compose(locked -> tx.preparedQuery(EDIT).execute(parameters(edit)))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.<Edited>empty();
              Row row = rows.iterator().next();
              return Optional.of(
                  new Edited(row.getLong(0), row.getLong(1), Status.of(row.getString(2))));
            })
        .compose(edited -> show(tx, edit, edited));
  }

  private static Future<Optional<Edited>> show(
      SqlConnection tx, Edit edit, Optional<Edited> edited) {
    if (edited.isEmpty() || edited.get().before() == edit.status)
      return Future.succeededFuture(edited);
    return tx.preparedQuery(StatusChange.SHOW).execute(ids(edit)).map(edited);
  }

  private static Tuple ids(Edit edit) {
    return Tuple.tuple().addInteger(edit.id.site()).addArrayOfLong(new Long[] {edit.id.row()});
  }

  private static Tuple parameters(Edit edit) {
    String[] reasons =
        edit.judged.verdict().reasons().stream().map(Reason::code).toArray(String[]::new);
    Tuple parameters =
        Tuple.tuple()
            .addInteger(edit.id.site())
            .addLong(edit.id.row())
            .addInteger(edit.version)
            .addOffsetDateTime(edit.now.atOffset(ZoneOffset.UTC))
            .addString(edit.source)
            .addString(edit.body.html())
            .addString(edit.body.text())
            .addString(edit.status.word())
            .addArrayOfString(reasons)
            .addLong(edit.site.version())
            .addBuffer(Buffer.buffer(edit.prints.fingerprint()))
            .addString(String.join(" ", reasons));
    Traits.of(edit.id.site(), edit.body).addTo(parameters);
    return parameters
        .addValue(edit.judged.notes())
        .addArrayOfString(edit.judged.shadowCodes())
        .addArrayOfLong(edit.prints.text().kept());
  }
}
