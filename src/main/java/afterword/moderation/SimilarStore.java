package afterword.moderation;

import afterword.comment.AlikeTexts;
import afterword.db.Database;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Finds what waits and is like cards. */
final class SimilarStore {
  /** Texts, for all cards of a page; what is beyond is not said to be alike. */
  static final int MOST_COMPARED = 500;

  private static final int MOST_NAMED = 100;

  private final Database database;

  SimilarStore(Database database) {
    this.database = database;
  }

  /** Every group has somebody in it. */
  Future<List<Similar>> to(Collection<PublicId> cards) {
    return ask(CardQueries.SIMILAR, cards)
        .map(SimilarStore::groups)
        .compose(
            groups -> {
              Set<PublicId> compared = compared(groups);
              return compared.isEmpty() ? Future.succeededFuture(groups) : sure(groups, compared);
            });
  }

  private Future<List<Similar>> sure(List<Similar> groups, Set<PublicId> compared) {
    return texts(compared)
        .compose(texts -> onWorker(() -> confirmed(groups, new AlikeTexts(texts))));
  }

  private static List<Similar> groups(RowSet<Row> rows) {
    var groups = new ArrayList<Similar>();
    for (Row row : rows) {
      PublicId card = CardStore.id(row);
      var others = new ArrayList<Similar.Other>();
      for (Object item : (JsonArray) row.getJson(3)) {
        JsonArray pair = (JsonArray) item;
        var id = new PublicId(card.site(), pair.getLong(0));
        others.add(new Similar.Other(id, pair.getInteger(1)));
      }
      groups.add(new Similar(card, row.getString(2), others));
    }
    return groups;
  }

  /**
   * Whose texts are needed. The cards first, without theirs nothing can be compared; then one other
   * of each card in turn, so that no card uses up the room of the rest.
   */
  static Set<PublicId> compared(List<Similar> groups) {
    List<Similar> byText =
        groups.stream().filter(group -> group.kind().equals(Similar.TEXT)).toList();
    var ids = new LinkedHashSet<PublicId>();
    byText.forEach(group -> ids.add(group.card()));
    int longest = byText.stream().mapToInt(group -> group.others().size()).max().orElse(0);
    for (int i = 0; i < longest; i++)
      for (Similar group : byText)
        if (i < group.others().size() && ids.size() < MOST_COMPARED)
          ids.add(group.others().get(i).id());
    return ids;
  }

  private Future<Map<PublicId, String>> texts(Set<PublicId> ids) {
    Tuple wanted = CardStore.wanted(ids).addInteger(AlikeTexts.COMPARED);
    return database
        .readCurrent(client -> client.preparedQuery(CardQueries.TEXTS).execute(wanted))
        .map(
            rows -> {
              Map<PublicId, String> texts = new HashMap<>();
              for (Row row : rows) texts.put(CardStore.id(row), row.getString(2));
              return texts;
            });
  }

  private static List<Similar> confirmed(List<Similar> groups, AlikeTexts texts) {
    var confirmed = new ArrayList<Similar>();
    for (Similar group : groups) {
      Similar sure = group.kind().equals(Similar.TEXT) ? confirmed(group, texts) : group;
      if (!sure.others().isEmpty()) confirmed.add(sure);
    }
    return confirmed;
  }

  private static Similar confirmed(Similar group, AlikeTexts texts) {
    return new Similar(
        group.card(),
        group.kind(),
        group.others().stream()
            .filter(other -> texts.areAlike(group.card(), other.id()))
            .limit(MOST_NAMED)
            .toList());
  }

  /** Thousands of comparisons would keep everybody else on the event loop waiting. */
  private static <T> Future<T> onWorker(Callable<T> work) {
    return Vertx.currentContext().executeBlocking(work, false);
  }

  private Future<RowSet<Row>> ask(String sql, Collection<PublicId> ids) {
    Tuple wanted = CardStore.wanted(ids);
    return database.readCurrent(client -> client.preparedQuery(sql).execute(wanted));
  }
}
