package afterword.moderation;

import afterword.comment.AlikeTexts;
import afterword.db.Database;
import afterword.model.PublicId;
import io.vertx.core.Future;
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

/** Finds what waits and is like cards. */
final class SimilarStore {
  /** What is beyond is not said to be alike. */
  private static final int MOST_COMPARED = 500;

  private final Database database;

  SimilarStore(Database database) {
    this.database = database;
  }

  /** Every group has somebody in it. */
  Future<List<Similar>> to(Collection<PublicId> cards) {
    return ask(CardQueries.SIMILAR, cards)
        .map(SimilarStore::groups)
        .compose(
            groups ->
                texts(compared(groups)).map(texts -> confirmed(groups, new AlikeTexts(texts))));
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

  /** The cards first: without theirs nothing can be compared. */
  private static Set<PublicId> compared(List<Similar> groups) {
    var ids = new LinkedHashSet<PublicId>();
    for (Similar group : groups) if (group.kind().equals(Similar.TEXT)) ids.add(group.card());
    for (Similar group : groups)
      if (group.kind().equals(Similar.TEXT)) group.others().forEach(other -> ids.add(other.id()));
    return ids;
  }

  private Future<Map<PublicId, String>> texts(Set<PublicId> ids) {
    if (ids.isEmpty()) return Future.succeededFuture(Map.of());
    return ask(CardQueries.TEXTS, ids.stream().limit(MOST_COMPARED).toList())
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
        group.others().stream().filter(other -> texts.areAlike(group.card(), other.id())).toList());
  }

  private Future<RowSet<Row>> ask(String sql, Collection<PublicId> ids) {
    Tuple wanted = CardStore.wanted(ids);
    return database.readCurrent(client -> client.preparedQuery(sql).execute(wanted));
  }
}
