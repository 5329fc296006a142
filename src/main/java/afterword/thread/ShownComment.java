package afterword.thread;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;

/**
 * A comment as everybody may see it. One that is no longer public but has a published descendant is
 * a tombstone: its author and html are null already in the database's answer.
 */
record ShownComment(
    long id,
    Long parentId,
    long rootId,
    int depth,
    boolean pinned,
    boolean published,
    Long commenterId,
    String name,
    String url,
    String badge,
    String html,
    int version,
    OffsetDateTime createdAt,
    OffsetDateTime editedAt,
    long score) {

  /** What {@link #of} reads, in its order. */
  static final String COLUMNS =
      """
      comment.id, comment.parent_id, comment.root_id, comment.depth, comment.pinned,
      comment.status = 'published' as published,
      case when comment.status = 'published' then comment.commenter_id end as commenter_id,
      case when comment.status = 'published' then comment.author_name end as author_name,
      case when comment.status = 'published' then comment.author_url end as author_url,
      case when comment.status = 'published' then comment.badge end as badge,
      case when comment.status = 'published' then comment.html end as html,
      comment.version, comment.created_at, comment.edited_at,
      coalesce((
        select up - down from comment_score
        where comment_score.site_id = comment.site_id and comment_score.comment_id = comment.id), 0) as score
      """
          .strip();

  /**
   * @param at index of the first of {@link #COLUMNS}
   */
  static ShownComment of(Row row, int at) {
    return new ShownComment(
        row.getLong(at),
        row.getLong(at + 1),
        row.getLong(at + 2),
        row.getInteger(at + 3),
        row.getBoolean(at + 4),
        row.getBoolean(at + 5),
        row.getLong(at + 6),
        row.getString(at + 7),
        row.getString(at + 8),
        row.getString(at + 9),
        row.getString(at + 10),
        row.getInteger(at + 11),
        row.getOffsetDateTime(at + 12),
        row.getOffsetDateTime(at + 13),
        row.getLong(at + 14));
  }

  boolean isRoot() {
    return parentId == null;
  }
}
