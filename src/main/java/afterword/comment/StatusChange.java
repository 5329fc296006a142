package afterword.comment;

import afterword.events.Event;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The one place that changes the status of comments: with their version, what is shown, and the event. */
public final class StatusChange {
  /** A comment and the version that somebody decided on. */
  public record Wanted(PublicId id, int version) {}

  /**
   * What became of one comment.
   *
   * @param changed whether it got the status now; else it has it already or is at another version
   */
  public record Changed(
      PublicId id, long threadId, long rootId, boolean changed, Status before, int versionBefore, Status status,
      int version) {

    /** For the listeners of this process, after the commit. */
    public Event event() {
      return new Event(id.site(), Event.Kind.COMMENT_CHANGED, threadId, id.row(), rootId, 0);
    }
  }

  private static final String CHANGE =
      """
      with wanted as (
        select * from unnest($2::bigint[], $3::int[]) as item (id, version)
      ), locked as (
        select c.id, c.status, c.version, c.thread_id, c.root_id, wanted.version as wanted_version
        from comment c join wanted on wanted.id = c.id
        where c.site_id = $1::int
        order by c.id
        for update of c
      ), changed as (
        update comment c set status = $4::text, version = c.version + 1, decided_at = $5::timestamptz
        from locked
        where c.site_id = $1 and c.id = locked.id and locked.version = locked.wanted_version and locked.status <> $4
        returning c.id, c.version
      ), events as (
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select $1, 'comment-changed', thread_id, id, root_id,
          (case when $4 = 'published' then 1 else 0 end) - (case when status = 'published' then 1 else 0 end), $5
        from locked where id in (select id from changed)
      )
      select locked.id, thread_id, root_id, changed.id is not null, status, locked.version, changed.version
      from locked left join changed on changed.id = locked.id
      """;

  private static final String SHOW = "select refresh_shown($1, id) from unnest($2::bigint[]) as item (id) order by id";

  /** All comments are on one site; those that are not there any more are missing from the answer. */
  public Future<List<Changed>> apply(SqlConnection tx, int site, List<Wanted> wanted, Status to, Instant now) {
    Long[] ids = wanted.stream().map(w -> w.id().row()).toArray(Long[]::new);
    Integer[] versions = wanted.stream().map(Wanted::version).toArray(Integer[]::new);
    return tx.preparedQuery(CHANGE)
        .execute(Tuple.of(site, ids, versions, to.word(), now.atOffset(ZoneOffset.UTC)))
        .map(
            rows -> {
              var results = new ArrayList<Changed>();
              for (Row row : rows) results.add(changed(site, row, to));
              return results;
            })
        .compose(results -> show(tx, site, results).map((List<Changed>) results));
  }

  private static Future<Void> show(SqlConnection tx, int site, List<Changed> results) {
    Long[] changed = results.stream().filter(Changed::changed).map(c -> c.id().row()).toArray(Long[]::new);
    if (changed.length == 0) return Future.succeededFuture();
    return tx.preparedQuery(SHOW).execute(Tuple.tuple().addInteger(site).addArrayOfLong(changed)).mapEmpty();
  }

  private static Changed changed(int site, Row row, Status to) {
    boolean changed = row.getBoolean(3);
    Status before = Status.of(row.getString(4));
    return new Changed(
        new PublicId(site, row.getLong(0)),
        row.getLong(1),
        row.getLong(2),
        changed,
        before,
        row.getInteger(5),
        changed ? to : before,
        changed ? row.getInteger(6) : row.getInteger(5));
  }
}
