package afterword.comment;

import afterword.markup.Rendered;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.rules.Reason;
import afterword.rules.Verdict;
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
      Verdict verdict,
      byte[] fingerprint,
      Instant now) {}

  /** Where the changed comment stands. */
  record Edited(long threadId, long rootId, Status before) {}

  private static final String KNOWN =
      """
      select page.key, page.closed_at is null, page.mode, c.author_email,
        (select count(*)::int from (
          select from comment other
          where other.site_id = $1 and other.commenter_id = c.commenter_id and other.status = 'published'
            and other.id <> c.id
          limit $3) approved),
        (select max(case when shadow then 1 else 2 end) from ban
          where site_id = $1 and lifted_at is null and (expires_at is null or expires_at > $4::timestamptz)
            and (commenter_id = c.commenter_id
              or lower(c.author_email) like email_pattern
              or range_hash = $5::bytea
              or address_range >>= $6::inet))
      from comment c join page on page.site_id = $1 and page.id = c.thread_id
      where c.site_id = $1 and c.id = $2
      """;

  /** What rules ask of an edit. The comment itself does not count towards its author's trust. */
  record Known(String pageKey, Optional<String> email, KnownFacts facts) {}

  Future<Known> known(
      SqlClient client, Site site, PublicId id, Client from, byte[] range, Instant now) {
    Tuple parameters =
        Tuple.of(
            site.id(),
            id.row(),
            (long) Math.max(1, site.settings().trustedAfter()),
            now.atOffset(ZoneOffset.UTC),
            Buffer.buffer(range),
            FactStore.inet(from.address()));
    return client
        .preparedQuery(KNOWN)
        .execute(parameters)
        .map(rows -> known(id, rows.iterator().next()));
  }

  private static Known known(PublicId id, Row row) {
    var facts =
        new KnownFacts(
            id.row(),
            0,
            true,
            row.getBoolean(1),
            Optional.ofNullable(row.getString(2)).map(Mode::of),
            0,
            true,
            row.getInteger(4),
            FactStore.ban(row.getInteger(5)),
            false,
            Optional.empty(),
            Optional.empty(),
            false);
    return new Known(row.getString(0), Optional.ofNullable(row.getString(3)), facts);
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
          fingerprint = $11, edited_at = $4, version = c.version + 1, language = $13, link_hosts = $14, alike = $15
        from locked
        where c.site_id = $1 and c.id = locked.id
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
    String[] reasons = edit.verdict.reasons().stream().map(Reason::code).toArray(String[]::new);
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
            .addBuffer(Buffer.buffer(edit.fingerprint))
            .addString(String.join(" ", reasons));
    Traits.of(edit.id.site(), edit.body).addTo(parameters);
    return parameters;
  }
}
