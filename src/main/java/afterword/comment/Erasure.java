package afterword.comment;

import afterword.comment.ModeratorChange.Done;
import afterword.events.Event;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Takes from comments that are not public any more all that they were; that they were stays. */
public final class Erasure {
  private static final String ERASE =
      """
      with old as (
        select id, text from comment
        where site_id = $1 and id = any($2::bigint[]) and status in ('rejected', 'spam', 'deleted')
        order by id
        for update
      ), texts as (
        delete from comment_revision where site_id = $1 and comment_id = any($2)
      ), answers as (
        delete from idempotency_key where site_id = $1 and comment_id = any($2)
      ), prints as (
        delete from text_print where site_id = $1 and comment_id = any($2)
      ), reports as (
        update flag set note = null where site_id = $1 and comment_id = any($2) and note is not null
      ), changed as (
        update comment c
        set source = '', html = '', text = '', author_name = null, author_email = null, author_url = null,
          commenter_id = null, address_hash = null, range_hash = null, fingerprint = '', owner_token_hash = '',
          language = null, link_hosts = '{}', alike = '{}', notes = null, version = c.version + 1
        from old
        where c.site_id = $1 and c.id = old.id
        returning c.id, c.thread_id, c.root_id, c.version, sha256(convert_to(old.text, 'UTF8')) as text_hash
      ), told as (
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select $1, 'comment-changed', thread_id, id, root_id, 0, $3 from changed
      )
      select id, thread_id, root_id, version, text_hash from changed
      """;

  /** In the transaction that took them down, or a later one. There is no way back. */
  public Future<List<Done>> erase(SqlConnection tx, int site, Long[] ids, Instant now) {
    return tx.preparedQuery(ERASE)
        .execute(Tuple.of(site, ids, now.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.stream().map(row -> done(site, row)).toList());
  }

  private static Done done(int site, Row row) {
    var id = new PublicId(site, row.getLong(0));
    var event =
        new Event(site, Event.Kind.COMMENT_CHANGED, row.getLong(1), id.row(), row.getLong(2), 0);
    Buffer textHash = row.getBuffer(4);
    return new Done(id, row.getInteger(3), textHash.getBytes(), event);
  }
}
