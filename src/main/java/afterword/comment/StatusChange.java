package afterword.comment;

import afterword.events.Event;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The one place that changes the status of comments: with their version, what is shown, and the
 * event.
 */
public final class StatusChange {
  /**
   * What a comment shall become, if it still is at the version that somebody decided on.
   *
   * @param decidedAt null for a comment that counts as not decided again
   */
  public record Wanted(PublicId id, int version, Status status, Instant decidedAt) {}

  /** CONFLICT: it is at another version by now, and has another status than the one wanted. */
  public enum Result {
    CHANGED,
    UNCHANGED,
    CONFLICT
  }

  /**
   * What became of one comment.
   *
   * @param decidedAtBefore null where it had not been decided
   * @param textHash SHA-256 of the text that was decided on
   */
  public record Changed(
      PublicId id,
      long threadId,
      long rootId,
      Result result,
      Status before,
      int versionBefore,
      Instant decidedAtBefore,
      Status status,
      int version,
      byte[] textHash) {

    public boolean changed() {
      return result == Result.CHANGED;
    }

    /** For the listeners of this process, after the commit. */
    public Event event() {
      int delta = (status == Status.PUBLISHED ? 1 : 0) - (before == Status.PUBLISHED ? 1 : 0);
      return new Event(id.site(), Event.Kind.COMMENT_CHANGED, threadId, id.row(), rootId, delta);
    }
  }

  /**
   * One change at a time below a root, so that what is shown follows from what has happened; a few
   * hundred locks stand for all roots, taken in order, so that nobody waits for one who waits for
   * them.
   */
  static final String LOCK =
      """
      select pg_advisory_xact_lock($1::int, root)
      from (
        select distinct (root_id % 256)::int as root from comment
        where site_id = $1 and id = any($2::bigint[])
        order by 1
      ) as roots
      """;

  /**
   * A decision settles what readers have reported; taking it back opens that again. What was erased
   * has no text, and nothing brings it back.
   */
  private static final String CHANGE =
      """
      with wanted as (
        select * from unnest($2::bigint[], $3::int[], $4::text[], $5::timestamptz[])
          as item (id, version, status, decided_at)
      ), found as (
        select c.id, c.thread_id, c.root_id, c.status, c.version, c.decided_at, c.text,
          wanted.version as wanted_version, wanted.status as wanted_status,
          wanted.decided_at as wanted_decided_at
        from comment c join wanted on wanted.id = c.id
        where c.site_id = $1::int and (c.source <> '' or wanted.status = 'deleted')
        order by c.id
        for update of c
      ), changed as (
        update comment c
        set status = wanted_status, version = c.version + 1, decided_at = wanted_decided_at
        from found
        where c.site_id = $1 and c.id = found.id
          and found.version = wanted_version and found.status <> wanted_status
        returning c.id, c.version
      ), events as (
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select $1, 'comment-changed', thread_id, id, root_id,
          (wanted_status = 'published')::int - (status = 'published')::int, $6::timestamptz
        from found where id in (select id from changed)
      ), settled as (
        update flag set settled_at = $6, upheld = found.wanted_status <> 'published'
        from found
        where flag.site_id = $1 and flag.comment_id = found.id and flag.settled_at is null
          and found.version = found.wanted_version and found.wanted_decided_at = $6
          and found.wanted_status <> 'pending'
      ), open_again as (
        update flag set settled_at = null, upheld = null
        from found
        where flag.site_id = $1 and flag.comment_id = found.id and flag.settled_at = found.decided_at
          and found.id in (select id from changed) and found.wanted_decided_at is distinct from $6
      )
      select found.id, thread_id, root_id, changed.id is not null, status, found.version, decided_at,
        coalesce(changed.version, found.version), wanted_status, sha256(convert_to(text, 'UTF8'))
      from found left join changed on changed.id = found.id
      """;

  static final String SHOW = "select refresh_shown($1, id) from unnest($2::bigint[]) as item (id)";

  /** All comments are on one site; those that are not there are missing from the answer. */
  public Future<List<Changed>> apply(SqlConnection tx, int site, List<Wanted> wanted, Instant now) {
    Long[] ids = wanted.stream().map(w -> w.id().row()).toArray(Long[]::new);
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site)
            .addArrayOfLong(ids)
            .addArrayOfInteger(wanted.stream().map(Wanted::version).toArray(Integer[]::new))
            .addArrayOfString(wanted.stream().map(w -> w.status().word()).toArray(String[]::new))
            .addArrayOfOffsetDateTime(
                wanted.stream().map(w -> utc(w.decidedAt())).toArray(OffsetDateTime[]::new))
            .addOffsetDateTime(utc(now));
    return lock(tx, site, ids)
        .compose(locked -> tx.preparedQuery(CHANGE).execute(parameters))
        .map(
            rows -> {
              List<Changed> results = new ArrayList<>(rows.size());
              for (Row row : rows) results.add(changed(site, row));
              return results;
            })
        .compose(results -> show(tx, site, results).map(results));
  }

  /**
   * Of comments of one site, for what has to be known before they change; more than one site in the
   * order of their numbers.
   */
  public Future<Void> lock(SqlConnection tx, int site, Long... ids) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.tuple().addInteger(site).addArrayOfLong(ids))
        .mapEmpty();
  }

  /** Taking it back opens again what it settled, as with a change of status. */
  private static final String RAISE =
      """
      with found as (
        select c.id, c.decided_at, kept.decided_at as wanted_decided_at
        from unnest($2::bigint[], $3::timestamptz[]) as kept (id, decided_at)
        join comment c on c.site_id = $1 and c.id = kept.id
      ), open_again as (
        update flag set settled_at = null, upheld = null
        from found
        where flag.site_id = $1 and flag.comment_id = found.id and flag.settled_at = found.decided_at
          and found.wanted_decided_at is distinct from $4
      )
      update comment c set version = c.version + 1, decided_at = wanted_decided_at
      from found
      where c.site_id = $1 and c.id = found.id
      """;

  /** Of comments that stay as they are, which somebody has decided, or has taken back. */
  public Future<Void> raise(SqlConnection tx, int site, List<Wanted> kept, Instant now) {
    return tx.preparedQuery(RAISE)
        .execute(
            Tuple.tuple()
                .addInteger(site)
                .addArrayOfLong(kept.stream().map(w -> w.id().row()).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(
                    kept.stream().map(w -> utc(w.decidedAt())).toArray(OffsetDateTime[]::new))
                .addOffsetDateTime(utc(now)))
        .mapEmpty();
  }

  private static Future<Void> show(SqlConnection tx, int site, List<Changed> results) {
    Long[] changed =
        results.stream().filter(Changed::changed).map(c -> c.id().row()).toArray(Long[]::new);
    if (changed.length == 0) return Future.succeededFuture();
    return tx.preparedQuery(SHOW)
        .execute(Tuple.tuple().addInteger(site).addArrayOfLong(changed))
        .mapEmpty();
  }

  private static Changed changed(int site, Row row) {
    Status before = Status.of(row.getString(4));
    Status wanted = Status.of(row.getString(8));
    Result result =
        row.getBoolean(3) ? Result.CHANGED : before == wanted ? Result.UNCHANGED : Result.CONFLICT;
    OffsetDateTime decidedAt = row.getOffsetDateTime(6);
    return new Changed(
        new PublicId(site, row.getLong(0)),
        row.getLong(1),
        row.getLong(2),
        result,
        before,
        row.getInteger(5),
        decidedAt == null ? null : decidedAt.toInstant(),
        result == Result.CHANGED ? wanted : before,
        row.getInteger(7),
        row.getBuffer(9).getBytes());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
