package afterword.moderation;

import afterword.comment.StatusChange.Changed;
import afterword.comment.StatusChange.Wanted;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of decisions and their items. A decision over several sites has one row on each. */
final class DecisionStore {
  private static final String NEXT_ID = "select nextval('decision_id')";

  Future<Long> nextId(SqlClient tx) {
    return tx.query(NEXT_ID).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  private static final String ADD =
      """
      with item as (
        insert into decision_item (site_id, decision_id, comment_id, status_before, version_before,
          decided_at_before, status_after, version_after)
        select $1::int, $2::bigint, id, status_before, version_before, decided_at_before, $7::text, version_after
        from unnest($8::bigint[], $9::text[], $10::int[], $11::timestamptz[], $12::int[])
          as changed (id, status_before, version_before, decided_at_before, version_after)
      )
      insert into decision (site_id, id, moderator_id, action, reason, note, created_at)
      values ($1, $2, $3, $4, $5, $6, $13)
      """;

  Future<Void> add(
      SqlClient tx,
      int site,
      long id,
      long moderator,
      Action action,
      String reason,
      String note,
      List<Changed> changed,
      Instant now) {
    return tx.preparedQuery(ADD)
        .execute(
            Tuple.tuple()
                .addInteger(site)
                .addLong(id)
                .addLong(moderator)
                .addString(action.word())
                .addString(reason)
                .addString(note)
                .addString(action.status().word())
                .addArrayOfLong(changed.stream().map(c -> c.id().row()).toArray(Long[]::new))
                .addArrayOfString(
                    changed.stream().map(c -> c.before().word()).toArray(String[]::new))
                .addArrayOfInteger(
                    changed.stream().map(Changed::versionBefore).toArray(Integer[]::new))
                .addArrayOfOffsetDateTime(
                    changed.stream()
                        .map(c -> utc(c.decidedAtBefore()))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfInteger(changed.stream().map(Changed::version).toArray(Integer[]::new))
                .addOffsetDateTime(utc(now)))
        .mapEmpty();
  }

  private static final String CLAIM_UNDO =
      """
      update decision set undone_at = $3::timestamptz, undone_by = $4
      where id = $1 and site_id = any($2::int[]) and undone_at is null and created_at > $5::timestamptz
      returning site_id
      """;

  private static final String ITEMS =
      """
      select site_id, comment_id, version_after, status_before, decided_at_before, version_before from decision_item
      where site_id = any($1::int[]) and decision_id = $2
      """;

  /**
   * What brings back what was.
   *
   * @param versionBefore the version that was decided on
   */
  record TakeBack(Wanted wanted, int versionBefore) {}

  /**
   * Marks the decision as undone and says what brings back what was, by site; empty where it is not
   * there, too old, or undone already.
   */
  Future<Map<Integer, List<TakeBack>>> claimUndo(
      SqlClient tx,
      long id,
      Collection<Integer> sites,
      long moderator,
      Instant now,
      Instant notBefore) {
    return tx.preparedQuery(CLAIM_UNDO)
        .execute(Tuple.of(id, sites.toArray(Integer[]::new), utc(now), moderator, utc(notBefore)))
        .compose(
            rows -> {
              var claimed = new ArrayList<Integer>();
              for (Row row : rows) claimed.add(row.getInteger(0));
              return items(tx, claimed, id);
            });
  }

  /** What would bring back what was, by site. */
  Future<Map<Integer, List<TakeBack>>> items(SqlClient tx, Collection<Integer> sites, long id) {
    return tx.preparedQuery(ITEMS)
        .execute(Tuple.of(sites.toArray(Integer[]::new), id))
        .map(
            rows -> {
              var siteToItems = new HashMap<Integer, List<TakeBack>>();
              for (Row row : rows) {
                OffsetDateTime decidedAt = row.getOffsetDateTime(4);
                var wanted =
                    new Wanted(
                        new PublicId(row.getInteger(0), row.getLong(1)),
                        row.getInteger(2),
                        Status.of(row.getString(3)),
                        decidedAt == null ? null : decidedAt.toInstant());
                siteToItems
                    .computeIfAbsent(row.getInteger(0), s -> new ArrayList<>())
                    .add(new TakeBack(wanted, row.getInteger(5)));
              }
              return siteToItems;
            });
  }

  private static final String STANDING_AGAIN =
      """
      update decision_item item set version_after = back.version
      from unnest($2::bigint[], $3::int[], $4::int[]) as back (comment_id, version_before, version)
      where item.site_id = $1 and item.comment_id = back.comment_id and item.version_after = back.version_before
      """;

  /**
   * The decision below the one that was taken back stands again, at the version the comment has
   * now.
   */
  Future<Void> standingAgain(SqlClient tx, int site, List<TakeBack> items, List<Changed> changed) {
    Map<Long, Integer> idToVersion =
        changed.stream().collect(Collectors.toMap(c -> c.id().row(), Changed::version));
    List<TakeBack> back =
        items.stream().filter(item -> idToVersion.containsKey(item.wanted.id().row())).toList();
    if (back.isEmpty()) return Future.succeededFuture();
    Long[] ids = back.stream().map(item -> item.wanted.id().row()).toArray(Long[]::new);
    return tx.preparedQuery(STANDING_AGAIN)
        .execute(
            Tuple.tuple()
                .addInteger(site)
                .addArrayOfLong(ids)
                .addArrayOfInteger(
                    back.stream().map(TakeBack::versionBefore).toArray(Integer[]::new))
                .addArrayOfInteger(Stream.of(ids).map(idToVersion::get).toArray(Integer[]::new)))
        .mapEmpty();
  }

  /** The items that were taken back get a decision of their own; the others keep theirs. */
  private static final String KEEP =
      """
      with kept as (
        update decision set undone_at = null, undone_by = null
        where site_id = $1::int and id = $2::bigint
        returning moderator_id, action, reason, note, created_at
      ), undone as (
        insert into decision (site_id, id, moderator_id, action, reason, note, created_at, undone_at, undone_by)
        select $1, nextval('decision_id'), moderator_id, action, reason, note, created_at, $4::timestamptz, $5::bigint
        from kept
        where exists (select from decision_item
          where site_id = $1 and decision_id = $2 and comment_id <> all($3::bigint[]))
        returning id
      )
      update decision_item item set decision_id = undone.id from undone
      where item.site_id = $1 and item.decision_id = $2 and item.comment_id <> all($3)
      """;

  /** Those comments could not be taken back, so the decision on them stands. */
  Future<Void> keep(
      SqlClient tx, int site, long id, List<Long> comments, long moderator, Instant now) {
    if (comments.isEmpty()) return Future.succeededFuture();
    return tx.preparedQuery(KEEP)
        .execute(Tuple.of(site, id, comments.toArray(Long[]::new), utc(now), moderator))
        .mapEmpty();
  }

  private static final String LAST_DECIDER =
      """
      select distinct on (i.comment_id) i.comment_id, m.name
      from decision_item i
      join decision d on d.site_id = i.site_id and d.id = i.decision_id
      join moderator m on m.id = d.moderator_id
      where i.site_id = $1 and i.comment_id = any($2::bigint[])
      order by i.comment_id, d.id desc
      """;

  /** Who decided last, by comment. */
  Future<Map<Long, String>> lastDeciders(SqlClient tx, int site, List<Long> comments) {
    if (comments.isEmpty()) return Future.succeededFuture(Map.of());
    return tx.preparedQuery(LAST_DECIDER)
        .execute(Tuple.tuple().addInteger(site).addArrayOfLong(comments.toArray(Long[]::new)))
        .map(
            rows -> {
              var names = new HashMap<Long, String>();
              for (Row row : rows) names.put(row.getLong(0), row.getString(1));
              return names;
            });
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
