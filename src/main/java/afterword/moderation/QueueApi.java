package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.http.Query;
import afterword.keys.Keys;
import afterword.model.PublicId;
import afterword.moderation.QueueStore.Card;
import afterword.moderation.QueueStore.Place;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What waits for moderators, and what has been decided: {@code /api/v1/admin/queue}. Behind {@link
 * Guard}.
 */
public final class QueueApi {
  private static final int MOST = 100;
  private static final int USUAL = 20;

  private final Sites sites;
  private final QueueStore queue;
  private final QueueCursor cursors;

  public QueueApi(Sites sites, Database database, Keys keys) {
    this.sites = sites;
    this.queue = new QueueStore(database);
    this.cursors = new QueueCursor(keys);
  }

  /** {@code GET /api/v1/admin/queue}. */
  public void show(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Filter filter = Filter.of(ctx);
    int limit = Query.integer(ctx, "limit", 1, MOST, USUAL);
    Optional<Place> after =
        Query.one(ctx, "after").filter(cursor -> !cursor.isEmpty()).map(cursors::read);
    visible(moderator, filter)
        .compose(visible -> page(visible, filter, after, limit))
        .onSuccess(
            page ->
                ctx.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(page.toBuffer()))
        .onFailure(ctx::fail);
  }

  /**
   * The sites asked for, all of the moderator's own without a question. Another's is "not found".
   */
  private Future<Set<Integer>> visible(Moderator moderator, Filter filter) {
    if (filter.site().isEmpty()) return Future.succeededFuture(moderator.sites(Role.VIEWER));
    return sites
        .byKey(filter.site().get())
        .map(
            site -> {
              moderator.require(site.id(), Role.VIEWER);
              return Set.of(site.id());
            });
  }

  private Future<JsonObject> page(
      Set<Integer> visible, Filter filter, Optional<Place> after, int limit) {
    Set<Integer> asked =
        filter
            .author()
            .map(PublicId::site)
            .map(site -> visible.contains(site) ? Set.of(site) : Set.<Integer>of())
            .orElse(visible);
    Future<List<Card>> cards = queue.page(asked, filter, after, limit + 1);
    Future<Long> waiting = queue.waiting(visible);
    return Future.all(cards, waiting).map(both -> json(cards.result(), waiting.result(), limit));
  }

  private JsonObject json(List<Card> cards, long waiting, int limit) {
    boolean more = cards.size() > limit;
    List<Card> shown = more ? cards.subList(0, limit) : cards;
    var list = new JsonArray();
    shown.forEach(card -> list.add(card.json()));
    return new JsonObject()
        .put("cards", list)
        .put("next", more ? cursors.write(shown.get(limit - 1).place()) : null)
        .put("waiting", waiting);
  }
}
