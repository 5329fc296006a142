package afterword.moderation;

import afterword.moderation.Filter.Condition;
import afterword.moderation.QueueStore.Place;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;

/**
 * The statement that finds a page of the queue. Each site is scanned in its own partial index and
 * gives no more than a page; a merge of them is cheap. The status is part of the text, because a
 * plan that is made for any status has no index, and so are the conditions, because one that is not
 * asked for must not be in the plan.
 */
final class QueueQuery {
  private static final String PAGE =
      """
      select found.site_id, found.id
      from unnest($1::int[]) as visible (site_id)
      cross join lateral (
        select c.site_id, c.id, %TIME% as place from %FROM%
        where %TIME% %AFTER%= $2::timestamptz
          and (%TIME%, c.site_id, c.id) %AFTER% ($2, $3::int, $4::bigint)%AND%
        order by %TIME% %ORDER%, c.id %ORDER%
        limit $5::int
      ) found
      order by found.place %ORDER%, found.site_id %ORDER%, found.id %ORDER%
      limit $5
      """;

  private static final String OF_STATUS = "c.site_id = visible.site_id and c.status = '%STATUS%'";

  /** Few, and found by their own indexes. */
  private static final String NOTICED =
      """
      (select c.* from (
          select n.comment_id from notice n where n.site_id = visible.site_id and n.decision_id is null
          union
          select a.comment_id from appeal a where a.site_id = visible.site_id and a.answer_id is null
        ) waiting
        join comment c on c.site_id = visible.site_id and c.id = waiting.comment_id
        where true%AND% offset 0) c""";

  final String sql;
  final Tuple parameters;

  private QueueQuery(String sql, Tuple parameters) {
    this.sql = sql;
    this.parameters = parameters;
  }

  /**
   * @param threads the numbers of the page asked for, one per site; null where none was
   */
  static QueueQuery of(
      Collection<Integer> sites, Filter filter, Long[] threads, Place after, int limit) {
    Tuple parameters =
        Tuple.of(sites.toArray(Integer[]::new), after.time(), after.site(), after.id(), limit);
    return new QueueQuery(sql(filter, threads, parameters), parameters);
  }

  private static String sql(Filter filter, Long[] threads, Tuple parameters) {
    String conditions = conditions(filter, threads, parameters);
    if (filter.status().isEmpty()) return ordered(filter, NOTICED.replace("%AND%", conditions), "");
    String wanted = OF_STATUS.replace("%STATUS%", filter.status().get().word()) + conditions;
    // What is searched is found first and put in order then: it is few, and in no order's index.
    String from =
        filter.searchesText()
            ? "(select * from comment c where " + wanted + " offset 0) c"
            : "comment c";
    return ordered(filter, from, filter.searchesText() ? "" : "\n          and " + wanted);
  }

  private static String ordered(Filter filter, String from, String and) {
    return PAGE.replace("%FROM%", from)
        .replace("%AND%", and)
        .replace("%TIME%", filter.order().time)
        .replace("%AFTER%", filter.order().after)
        .replace("%ORDER%", filter.order().direction);
  }

  private static String conditions(Filter filter, Long[] threads, Tuple parameters) {
    var sql = new StringBuilder();
    if (threads != null)
      add(sql, new Condition("c.thread_id = any(%s::bigint[])", threads, false), parameters);
    filter
        .author()
        .ifPresent(
            a ->
                add(sql, new Condition("c.commenter_id = %s::bigint", a.row(), false), parameters));
    filter.conditions().forEach(condition -> add(sql, condition, parameters));
    return sql.toString();
  }

  private static void add(StringBuilder sql, Condition condition, Tuple parameters) {
    sql.append(" and ");
    if (condition.value() == null) {
      sql.append(condition.sql());
      return;
    }
    parameters.addValue(condition.value());
    sql.append(condition.sql().formatted("$" + parameters.size()));
  }
}
