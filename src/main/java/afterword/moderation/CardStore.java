package afterword.moderation;

import afterword.auth.Moderator;
import afterword.db.Database;
import afterword.model.PublicId;
import afterword.notice.OpenNotices;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Comments as moderators see them, with everything that is needed to decide: opening a card asks
 * for nothing more. Six statements at most, whatever the number of cards, five of them at once.
 */
final class CardStore {
  private final Database database;
  private final SimilarStore similar;
  private final OpenNotices notices;
  private final Clock clock;

  CardStore(Database database, Clock clock) {
    this.database = database;
    this.similar = new SimilarStore(database);
    this.notices = new OpenNotices(database);
    this.clock = clock;
  }

  /** In the order of the ids; what is gone by now is missing. */
  Future<List<Card>> cards(List<PublicId> ids, Moderator moderator) {
    if (ids.isEmpty()) return Future.succeededFuture(List.of());
    Future<RowSet<Row>> cards = ask(CardQueries.CARDS, wanted(ids));
    Future<RowSet<Row>> context = ask(CardQueries.CONTEXT, wanted(ids));
    Future<RowSet<Row>> authors =
        ask(
            CardQueries.AUTHORS,
            wanted(ids).addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC)));
    Future<List<Similar>> alike = similar.to(ids);
    Future<Map<PublicId, JsonObject>> open = notices.of(ids, moderator);
    return Future.all(cards, context, authors, alike, open)
        .map(all -> joined(cards.result(), context.result(), authors.result(), alike.result()))
        .map(
            list -> {
              for (Card card : list)
                if (open.result().containsKey(card.id()))
                  card.addOpen(open.result().get(card.id()));
              return list;
            });
  }

  private Future<RowSet<Row>> ask(String sql, Tuple parameters) {
    return database.readCurrent(client -> client.preparedQuery(sql).execute(parameters));
  }

  static Tuple wanted(Collection<PublicId> ids) {
    return Tuple.tuple()
        .addArrayOfInteger(ids.stream().map(PublicId::site).toArray(Integer[]::new))
        .addArrayOfLong(ids.stream().map(PublicId::row).toArray(Long[]::new));
  }

  private static List<Card> joined(
      RowSet<Row> cards, RowSet<Row> context, RowSet<Row> authors, List<Similar> similar) {
    Map<PublicId, Card> idToCard = new HashMap<>();
    var list = new ArrayList<Card>(cards.size());
    for (Row row : cards) {
      Card card = Card.of(row);
      idToCard.put(card.id(), card);
      list.add(card);
    }
    for (Row row : context) {
      Card card = idToCard.get(id(row));
      if (card != null) card.addContext(row.getString(2), (JsonObject) row.getJson(3));
    }
    for (Row row : authors) {
      Card card = idToCard.get(id(row));
      if (card != null) card.setHistory((JsonObject) row.getJson(2));
    }
    for (Similar group : similar) {
      Card card = idToCard.get(group.card());
      if (card != null) card.addSimilar(group);
    }
    return list;
  }

  static PublicId id(Row row) {
    return new PublicId(row.getInteger(0), row.getLong(1));
  }

  static String utc(OffsetDateTime time) {
    return time == null ? null : time.toInstant().toString();
  }
}
