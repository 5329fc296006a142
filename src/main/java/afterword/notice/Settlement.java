package afterword.notice;

import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ties notices and appeals to the decisions that settle them, each in the decision's transaction.
 */
public final class Settlement {
  /**
   * What waits among some comments.
   *
   * @param noticed comments with a notice or an appeal that waits
   * @param others those of them that somebody else has to decide on, because an appeal is against a
   *     decision of the one who asks
   */
  public record Waiting(Set<PublicId> noticed, Set<PublicId> others) {}

  /**
   * Where nobody else on the site can decide, an owner may answer an appeal against their own
   * decision.
   */
  private static final String WAITING =
      """
      select c.site_id, c.id, exists (
          select from appeal a join decision d on d.site_id = a.site_id and d.id = a.decision_id
          where a.site_id = c.site_id and a.comment_id = c.id and a.answer_id is null
            and d.moderator_id = $3)
        and (c.site_id <> all($4::int[]) or exists (
          select from site_role r join moderator m on m.id = r.moderator_id and m.disabled_at is null
          where r.site_id = c.site_id and r.role <> 'viewer' and r.moderator_id <> $3))
      from unnest($1::int[], $2::bigint[]) as asked (site_id, id)
      join comment c on c.site_id = asked.site_id and c.id = asked.id
      where exists (select from notice n
          where n.site_id = c.site_id and n.comment_id = c.id and n.decision_id is null)
        or exists (select from appeal a
          where a.site_id = c.site_id and a.comment_id = c.id and a.answer_id is null)
      """;

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
              var waiting = new Waiting(new HashSet<>(), new HashSet<>());
              for (Row row : rows) {
                var id = new PublicId(row.getInteger(0), row.getLong(1));
                waiting.noticed.add(id);
                if (row.getBoolean(2)) waiting.others.add(id);
              }
              return waiting;
            });
  }

  private static final String SETTLE =
      """
      with answered as (
        update appeal set answer_id = $2
        where site_id = $1 and comment_id = any($3::bigint[]) and answer_id is null
          and ($5::bigint[] is null or id = any($5))
      )
      update notice set decision_id = $2
      where site_id = $1 and comment_id = any($3::bigint[]) and decision_id is null
        and ($4::bigint[] is null or id = any($4))
      """;

  /**
   * @param named empty for everything that waits
   */
  public Future<Void> settle(
      SqlClient tx, int site, long decision, List<Long> comments, Optional<Named> named) {
    Tuple parameters =
        parameters(site, decision, comments)
            .addArrayOfLong(named.map(n -> Named.rows(n.notices(), site)).orElse(null))
            .addArrayOfLong(named.map(n -> Named.rows(n.appeals(), site)).orElse(null));
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
