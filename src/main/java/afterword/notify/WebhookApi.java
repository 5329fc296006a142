package afterword.notify;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.model.Limits;
import afterword.outbound.Outbound;
import afterword.site.Sites;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Webhooks of a site: {@code /api/v1/admin/sites/{site}/webhooks}. Behind {@link Guard}. */
public final class WebhookApi {
  private final Sites sites;
  private final Webhooks webhooks;
  private final Outbound outbound;

  WebhookApi(Sites sites, Webhooks webhooks, Outbound outbound) {
    this.sites = sites;
    this.webhooks = webhooks;
    this.outbound = outbound;
  }

  /** {@code GET webhooks}: without their secrets. */
  public void list(RoutingContext ctx) {
    Owned.site(ctx, sites)
        .compose(webhooks::list)
        .onSuccess(
            list -> {
              var array = new JsonArray();
              list.forEach(webhook -> array.add(json(webhook)));
              Owned.send(ctx, 200, new JsonObject().put("webhooks", array));
            })
        .onFailure(ctx::fail);
  }

  /** {@code POST webhooks}: the only answer with the secret. */
  public void add(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Owned.site(ctx, sites)
        .compose(
            site -> {
              Fields fields = JsonBody.of(ctx);
              String url = url(fields, fields.requiredText("url", Limits.PAGE_URL));
              List<String> events = fields.has("events") ? events(fields) : Happening.words();
              fields.finish();
              return webhooks.add(moderator, site, new Webhooks.Wanted(url, events, null));
            })
        .onSuccess(made -> Owned.send(ctx, 201, json(made)))
        .onFailure(ctx::fail);
  }

  /** {@code PATCH webhooks/{id}}: what is not named stays. */
  public void change(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Owned.site(ctx, sites)
        .compose(
            site -> {
              Fields fields = JsonBody.of(ctx);
              String url =
                  fields.has("url")
                      ? url(fields, fields.requiredText("url", Limits.PAGE_URL))
                      : null;
              List<String> events = fields.has("events") ? events(fields) : null;
              Boolean enabled = fields.flag("enabled").orElse(null);
              fields.finish();
              var wanted = new Webhooks.Wanted(url, events, enabled);
              return webhooks.change(moderator, site, id(ctx), wanted);
            })
        .onSuccess(webhook -> Owned.send(ctx, 200, json(webhook)))
        .onFailure(ctx::fail);
  }

  /** {@code DELETE webhooks/{id}}: with what is known of its deliveries. */
  public void remove(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Owned.site(ctx, sites)
        .compose(site -> webhooks.remove(moderator, site, id(ctx)))
        .onSuccess(removed -> Owned.done(ctx))
        .onFailure(ctx::fail);
  }

  /** {@code POST webhooks/{id}/secret}: a new one, and the former one for a day. */
  public void changeSecret(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Owned.site(ctx, sites)
        .compose(site -> webhooks.changeSecret(moderator, site, id(ctx)))
        .onSuccess(made -> Owned.send(ctx, 200, json(made)))
        .onFailure(ctx::fail);
  }

  /** {@code POST webhooks/{id}/ping}. */
  public void ping(RoutingContext ctx) {
    Owned.site(ctx, sites)
        .compose(site -> webhooks.ping(site, id(ctx)))
        .onSuccess(
            delivery -> Owned.send(ctx, 202, new JsonObject().put("delivery", delivery.toString())))
        .onFailure(ctx::fail);
  }

  private String url(Fields fields, String url) {
    Optional<String> refusal = url.isEmpty() ? Optional.empty() : outbound.refusal(url);
    refusal.ifPresent(why -> fields.wrong("url", "not-allowed", why));
    return url;
  }

  private static List<String> events(Fields fields) {
    List<String> words = fields.texts("events", Happening.words().size(), 40);
    if (words.isEmpty() && !fields.isWrong("events"))
      fields.wrong("events", "required", "Name at least one event.");
    for (int i = 0; i < words.size(); i++) {
      if (!Happening.words().contains(words.get(i)) || words.indexOf(words.get(i)) < i)
        fields.wrong(
            "events/" + i,
            "unknown",
            "Events are " + String.join(", ", Happening.words()) + ", each once.");
    }
    return words;
  }

  private static long id(RoutingContext ctx) {
    return row(ctx.pathParam("id")).orElseThrow(Webhooks::missing);
  }

  /** Of "w" and a number in base 36. */
  static Optional<Long> row(String id) {
    return id.matches("w[0-9a-z]{1,12}")
        ? Optional.of(Long.parseLong(id.substring(1), 36))
        : Optional.empty();
  }

  static String publicId(long webhook) {
    return "w" + Long.toString(webhook, 36);
  }

  private static JsonObject json(Webhooks.Made made) {
    return json(made.webhook()).put("secret", made.secret());
  }

  private static JsonObject json(WebhookStore.Listed webhook) {
    return new JsonObject()
        .put("id", publicId(webhook.id()))
        .put("url", webhook.url())
        .put("events", new JsonArray(webhook.events()))
        .put("enabled", webhook.enabled())
        .put("createdBy", webhook.createdBy())
        .put("createdAt", webhook.createdAt().toString())
        .put(
            "formerSecretUntil",
            webhook.formerUntil() == null ? null : webhook.formerUntil().toString())
        .put("waiting", webhook.waiting())
        .put("failed", webhook.failed());
  }
}
