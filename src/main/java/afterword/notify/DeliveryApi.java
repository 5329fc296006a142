package afterword.notify;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.http.Query;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.site.Sites;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Deliveries of a site: {@code /api/v1/admin/sites/{site}/deliveries}. Behind {@link Guard}. */
public final class DeliveryApi {
  private static final int MOST = 100;
  private static final int USUAL = 50;
  private static final List<String> STATUSES =
      List.of("waiting", "delivered", "failed", "obsolete");

  private final Sites sites;
  private final DeliveryList deliveries;
  private final Webhooks webhooks;

  DeliveryApi(Sites sites, DeliveryList deliveries, Webhooks webhooks) {
    this.sites = sites;
    this.deliveries = deliveries;
    this.webhooks = webhooks;
  }

  /** {@code GET deliveries?webhook&status&after&limit}: the newest first. */
  public void list(RoutingContext ctx) {
    Optional<Long> webhook =
        Query.one(ctx, "webhook").filter(w -> !w.isEmpty()).map(DeliveryApi::webhook);
    Optional<String> status = Query.one(ctx, "status").filter(s -> !s.isEmpty());
    if (status.isPresent() && !STATUSES.contains(status.get()))
      throw Query.wrong("status", "unknown", "A status is " + String.join(", ", STATUSES) + ".");
    int limit = Query.integer(ctx, "limit", 1, MOST, USUAL);
    Optional<PublicId> after =
        Query.one(ctx, "after").filter(a -> !a.isEmpty()).map(DeliveryApi::cursor);
    Owned.site(ctx, sites)
        .compose(
            site -> deliveries.page(site.id(), webhook, status, after.map(PublicId::row), limit))
        .onSuccess(page -> Owned.send(ctx, 200, page))
        .onFailure(ctx::fail);
  }

  private static long webhook(String id) {
    return WebhookApi.row(id)
        .orElseThrow(() -> Query.wrong("webhook", "malformed", "There is no such webhook."));
  }

  private static PublicId cursor(String after) {
    return PublicId.parse(after)
        .orElseThrow(() -> Query.wrong("after", "broken-cursor", "Start again without \"after\"."));
  }

  /** {@code POST deliveries/{id}/redeliver}: under the same id. */
  public void redeliver(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Owned.site(ctx, sites)
        .compose(
            site -> {
              PublicId id =
                  PublicId.parse(ctx.pathParam("id"))
                      .filter(one -> one.site() == site.id())
                      .orElseThrow(DeliveryApi::missing);
              return deliveries
                  .find(id)
                  .compose(
                      found -> {
                        if (!found) throw missing();
                        return webhooks.redeliver(moderator, id).map(id);
                      });
            })
        .onSuccess(id -> Owned.send(ctx, 202, new JsonObject().put("delivery", id.toString())))
        .onFailure(ctx::fail);
  }

  private static FailureException missing() {
    return FailureException.notFound("There is no such delivery, or it is not yours.");
  }
}
