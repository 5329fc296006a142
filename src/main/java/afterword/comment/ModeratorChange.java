package afterword.comment;

import afterword.events.Event;
import afterword.keys.Keys;
import afterword.markup.Markup;
import afterword.markup.PlainText;
import afterword.markup.Rendered;
import afterword.model.PublicId;
import afterword.model.Site;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What moderators change about comments, besides their status: the text, a pin, a lock; an answer
 * in the name of the site. Each in the caller's transaction, with its event.
 */
public final class ModeratorChange {
  private final Keys keys;

  public ModeratorChange(Keys keys) {
    this.keys = keys;
  }

  /**
   * What was changed.
   *
   * @param textHash SHA-256 of the text as it is now
   */
  public record Done(PublicId id, int version, byte[] textHash, Event event) {}

  private static final String EDIT =
      """
      with locked as (
        select id, thread_id, root_id, version, source, html, text, coalesce(edited_at, created_at) as written_at
        from comment
        where site_id = $1 and id = $2 and version = $3 and status <> 'deleted'
        for update
      ), kept as (
        insert into comment_revision
          (site_id, comment_id, version, source, html, text, written_at, replaced_at)
        select $1, id, version, source, html, text, written_at, $4 from locked
      ), changed as (
        update comment c
        set source = $5, html = $6, text = $7, fingerprint = $8, edited_at = $4, version = c.version + 1,
          language = $9, link_hosts = $10, alike = $11
        from locked
        where c.site_id = $1 and c.id = locked.id
      ), told as (
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select $1, 'comment-changed', thread_id, id, root_id, 0, $4 from locked
      )
      select id, thread_id, root_id, version + 1 from locked
      """;

  /** Empty where the comment is at another version by now, or deleted. The status stays. */
  public Future<Optional<Done>> edit(
      SqlConnection tx, Site site, PublicId id, int version, String source, Instant now) {
    Rendered body = Markup.render(source);
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site.id())
            .addLong(id.row())
            .addInteger(version)
            .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
            .addString(source)
            .addString(body.html())
            .addString(body.text())
            .addBuffer(Buffer.buffer(Prints.fingerprint(keys, site, source)));
    return Languages.ready()
        .compose(
            ready -> {
              Traits.of(site.id(), body).addTo(parameters);
              return tx.preparedQuery(EDIT).execute(parameters);
            })
        .map(rows -> done(rows, site.id(), Event.Kind.COMMENT_CHANGED, 0, hash(body.text())));
  }

  private static final String MARK =
      """
      with changed as (
        update comment
        set pinned = coalesce($3::boolean, pinned),
          locked_at = case when $4::boolean is null then locked_at when $4 then coalesce(locked_at, $5) end
        where site_id = $1 and id = $2
          and (pinned <> coalesce($3, pinned) or (locked_at is not null) <> coalesce($4, locked_at is not null))
        returning id, thread_id, root_id, version
      ), told as (
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select $1, 'comment-changed', thread_id, id, root_id, 0, $5 from changed
      )
      select id, thread_id, root_id, version from changed
      """;

  /**
   * Empty where nothing changed.
   *
   * @param pinned null to leave it
   * @param locked null to leave it
   */
  public Future<Optional<Done>> mark(
      SqlConnection tx, PublicId id, Boolean pinned, Boolean locked, Instant now) {
    return tx.preparedQuery(MARK)
        .execute(Tuple.of(id.site(), id.row(), pinned, locked, now.atOffset(ZoneOffset.UTC)))
        .map(rows -> done(rows, id.site(), Event.Kind.COMMENT_CHANGED, 0, null));
  }

  private static final String REPLY =
      """
      with parent as (
        select id, thread_id, root_id, depth from comment
        where site_id = $1 and id = $2 and status = 'published'
        for share
      ), added as (
        insert into comment (site_id, id, thread_id, parent_id, root_id, depth, author_name, badge, source, html, text,
          status, shown, rules_version, fingerprint, owner_token_hash, created_at, decided_at, language, link_hosts,
          alike)
        select $1, nextval('comment_id'), thread_id, id, root_id, least(depth + 1, $3), $4, 'staff', $5, $6, $7,
          'published', true, $8, $9, '', $10, $10, $11, $12, $13
        from parent
        returning id, thread_id, root_id, version
      ), told as (
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select $1, 'comment-added', thread_id, id, root_id, 1, $10 from added
      ), noted as (
        insert into outbox (site_id, comment_id, told, changed_at)
        select $1, id, 'nothing', $10 from added where has_listener($1)
      )
      select id, thread_id, root_id, version from added
      """;

  /** Empty where the parent is not published. Nobody holds an owner token for it. */
  public Future<Optional<Done>> reply(
      SqlConnection tx, Site site, PublicId parent, String name, String source, Instant now) {
    Rendered body = Markup.render(source);
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site.id())
            .addLong(parent.row())
            .addShort((short) site.settings().maxDepth())
            .addString(PlainText.name(name))
            .addString(source)
            .addString(body.html())
            .addString(body.text())
            .addLong(site.version())
            .addBuffer(Buffer.buffer(Prints.fingerprint(keys, site, source)))
            .addOffsetDateTime(now.atOffset(ZoneOffset.UTC));
    return Languages.ready()
        .compose(
            ready -> {
              Traits.of(site.id(), body).addTo(parameters);
              return tx.preparedQuery(REPLY).execute(parameters);
            })
        .map(rows -> done(rows, site.id(), Event.Kind.COMMENT_ADDED, 1, hash(body.text())));
  }

  private static Optional<Done> done(
      RowSet<Row> rows, int site, Event.Kind kind, int delta, byte[] textHash) {
    if (rows.size() == 0) return Optional.empty();
    Row row = rows.iterator().next();
    var event = new Event(site, kind, row.getLong(1), row.getLong(0), row.getLong(2), delta);
    return Optional.of(
        new Done(new PublicId(site, row.getLong(0)), row.getInteger(3), textHash, event));
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
