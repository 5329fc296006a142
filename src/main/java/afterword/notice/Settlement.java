package afterword.notice;

import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ties notices and appeals to the decisions that settle them, each in the decision's transaction.
 */
public final class Settlement {
  /**
   * What waits among some comments.
   *
   * @param noticed comments with a notice or an appeal that waits, each with the first ids of these
   * @param others those of them that somebody else has to decide on, because an appeal is against a
   *     decision of the one who asks
   * @param gone those of them that no decision has taken down: withdrawn by their authors, or
   *     erased
   */
  public record Waiting(
      Map<PublicId, List<String>> noticed, Set<PublicId> others, Set<PublicId> gone) {}

  /**
   * Whether somebody else has to decide on comment "c". Where nobody else on the site can, an owner
   * may answer an appeal against their own decision.
   *
   * @param moderator in SQL: who asks
   * @param owned in SQL: the sites of which they are an owner
   */
  public static String others(String moderator, String owned) {
    return """
        (exists (
            select from appeal a join decision d on d.site_id = a.site_id and d.id = a.decision_id
            where a.site_id = c.site_id and a.comment_id = c.id and a.answer_id is null
              and d.moderator_id = %1$s)
          and (c.site_id <> all(%2$s) or exists (
            select from site_role r join moderator m on m.id = r.moderator_id and m.disabled_at is null
            where r.site_id = c.site_id and r.role <> 'viewer' and r.moderator_id <> %1$s)))"""
        .formatted(moderator, owned);
  }

  /** Whether comment "c" was withdrawn by its author, or erased, and taken down by no decision. */
  static final String GONE =
      """
      (c.status = 'deleted' and coalesce((
        select i.status_after <> 'deleted' from decision_item i
        join decision d on d.site_id = i.site_id and d.id = i.decision_id and d.undone_at is null
        where i.site_id = c.site_id and i.comment_id = c.id and i.status_before <> i.status_after
        order by i.decision_id desc limit 1), true))""";

  private static final String WAITING =
      """
      select c.site_id, c.id, %OTHERS%, %GONE%, notices.ids, appeals.ids
      from unnest($1::int[], $2::bigint[]) as asked (site_id, id)
      join comment c on c.site_id = asked.site_id and c.id = asked.id
      cross join lateral (select array(select n.id from notice n
          where n.site_id = c.site_id and n.comment_id = c.id and n.decision_id is null
          order by n.id limit 10) as ids) notices
      cross join lateral (select array(select a.id from appeal a
          where a.site_id = c.site_id and a.comment_id = c.id and a.answer_id is null
          order by a.id limit 10) as ids) appeals
      where notices.ids <> '{}' or appeals.ids <> '{}'
      """
          .replace("%OTHERS%", others("$3", "$4::int[]"))
          .replace("%GONE%", GONE);

  /**
   * @param owned sites of which the moderator is an owner
   */
  public Future<Waiting> waiting(
      SqlClient tx, Collection<PublicId> comments, long moderator, Collection<Integer> owned) {
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfInteger(comments.stream().map(PublicId::site).toArray(Integer[]::new))
            .addArrayOfLong(comments.stream().map(PublicId::row).toArray(Long[]::new))
            .addLong(moderator)
            .addArrayOfInteger(owned.toArray(Integer[]::new));
    return tx.preparedQuery(WAITING)
        .execute(parameters)
        .map(
            rows -> {
              var waiting = new Waiting(new HashMap<>(), new HashSet<>(), new HashSet<>());
              for (Row row : rows) {
                var id = new PublicId(row.getInteger(0), row.getLong(1));
                waiting.noticed.put(id, ids(id.site(), row));
                if (row.getBoolean(2)) waiting.others.add(id);
                if (row.getBoolean(3)) waiting.gone.add(id);
              }
              return waiting;
            });
  }

  private static List<String> ids(int site, Row row) {
    var ids = new ArrayList<String>();
    for (Long notice : row.getArrayOfLongs(4)) ids.add(Receipt.number(new PublicId(site, notice)));
    for (Long appeal : row.getArrayOfLongs(5)) ids.add(new PublicId(site, appeal).toString());
    return ids;
  }

  private static final String SETTLE =
      """
      with answered as (
        update appeal set answer_id = $2
        where site_id = $1 and comment_id = any($3::bigint[]) and answer_id is null
          and id = any($5::bigint[])
      )
      update notice set decision_id = $2
      where site_id = $1 and comment_id = any($3::bigint[]) and decision_id is null
        and id = any($4::bigint[])
      """;

  public Future<Void> settle(
      SqlClient tx, int site, long decision, List<Long> comments, Named named) {
    Tuple parameters =
        parameters(site, decision, comments)
            .addArrayOfLong(Named.rows(named.notices(), site))
            .addArrayOfLong(Named.rows(named.appeals(), site));
    return tx.preparedQuery(SETTLE).execute(parameters).mapEmpty();
  }

  /** An appeal against what has been taken back goes with it: the notice is open again. */
  private static final String REOPEN =
      """
      with withdrawn as (
        delete from appeal where site_id = $1 and decision_id = $2 and comment_id = any($3::bigint[])
      ), unanswered as (
        update appeal set answer_id = null
        where site_id = $1 and answer_id = $2 and comment_id = any($3::bigint[])
      )
      update notice set decision_id = null
      where site_id = $1 and decision_id = $2 and comment_id = any($3::bigint[])
      """;

  public Future<Void> reopen(SqlClient tx, int site, long decision, List<Long> comments) {
    return tx.preparedQuery(REOPEN).execute(parameters(site, decision, comments)).mapEmpty();
  }

  private static final String ANSWERS_AGAINST =
      """
      select from appeal a
      join decision against on against.site_id = a.site_id and against.id = a.decision_id
      join decision answer on answer.site_id = a.site_id and answer.id = a.answer_id
      where a.site_id = any($1::int[]) and a.answer_id = $2
        and against.moderator_id = $3 and answer.moderator_id <> $3
      limit 1
      """;

  /** Whether a decision of somebody else answers an appeal against one of the moderator's. */
  public Future<Boolean> answersAgainst(
      SqlClient tx, Collection<Integer> sites, long decision, long moderator) {
    return tx.preparedQuery(ANSWERS_AGAINST)
        .execute(Tuple.of(sites.toArray(Integer[]::new), decision, moderator))
        .map(rows -> rows.size() > 0);
  }

  private static Tuple parameters(int site, long decision, List<Long> comments) {
    return Tuple.tuple()
        .addInteger(site)
        .addLong(decision)
        .addArrayOfLong(comments.toArray(Long[]::new));
  }
}
