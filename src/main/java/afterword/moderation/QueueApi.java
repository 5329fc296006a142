package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.db.Database;
import afterword.http.Query;
import afterword.keys.Keys;
import afterword.model.PublicId;
import afterword.moderation.QueueStore.Place;
import afterword.notice.OpenNotices;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
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

  private final VisibleSites visible;
  private final QueueStore queue;
  private final CardStore cards;
  private final OpenNotices notices;
  private final Why why;
  private final QueueCursor cursors;
  private final Clock clock;

  public QueueApi(Sites sites, Database database, Keys keys, Clock clock) {
    this.visible = new VisibleSites(sites);
    this.queue = new QueueStore(database);
    this.cards = new CardStore(database, clock);
    this.notices = new OpenNotices(database);
    this.why = new Why(sites);
    this.cursors = new QueueCursor(keys);
    this.clock = clock;
  }

  /** {@code GET /api/v1/admin/queue}. */
  public void show(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Filter filter = Filter.of(ctx, clock.instant());
    int limit = Query.integer(ctx, "limit", 1, MOST, USUAL);
    Optional<Place> after =
        Query.one(ctx, "after")
            .filter(cursor -> !cursor.isEmpty())
            .map(cursor -> cursors.read(cursor, filter.order()));
    visible
        .of(moderator, filter.site())
        .compose(sites -> page(moderator, sites, filter, after, limit))
        .onSuccess(
            page ->
                ctx.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(page.toBuffer()))
        .onFailure(ctx::fail);
  }

  private Future<JsonObject> page(
      Moderator moderator, Set<Integer> visible, Filter filter, Optional<Place> after, int limit) {
    Set<Integer> asked =
        filter
            .author()
            .map(PublicId::site)
            .map(site -> visible.contains(site) ? Set.of(site) : Set.<Integer>of())
            .orElse(visible);
    Future<List<PublicId>> found = queue.page(asked, filter, after, limit + 1);
    Future<List<Card>> shown =
        found
            .compose(ids -> cards.cards(ids.subList(0, Math.min(limit, ids.size())), moderator))
            .compose(why::said);
    Future<Long> waiting = queue.waiting(visible);
    Future<Long> noticed = notices.count(visible);
    return Future.all(shown, waiting, noticed)
        .map(
            all ->
                json(shown.result(), found.result().size() > limit, waiting.result(), filter)
                    .put("noticed", noticed.result()));
  }

  private JsonObject json(List<Card> cards, boolean more, long waiting, Filter filter) {
    var list = new JsonArray();
    cards.forEach(card -> list.add(card.json()));
    String next = null;
    if (more && !cards.isEmpty()) {
      Card last = cards.get(cards.size() - 1);
      var place = new Place(last.time(filter.order()), last.id().site(), last.id().row());
      next = cursors.write(place, filter.order());
    }
    return new JsonObject()
        .put("cards", list)
        .put("next", next)
        .put("waiting", waiting)
        .put("since", filter.since().map(Object::toString).orElse(null));
  }
}
