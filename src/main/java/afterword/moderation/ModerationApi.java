package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.comment.StatusChange.Wanted;
import afterword.db.Database;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.http.Query;
import afterword.keys.Keys;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.PublicId;
import afterword.model.Status;
import afterword.moderation.QueueStore.Place;
import afterword.rules.Reason;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What moderators call: the queue, decisions, undo. Behind {@link Guard}, on our own origin. */
public final class ModerationApi {
  private static final int PAGE = 100;
  private static final int BULK = 1_000;

  private final Sites sites;
  private final QueueStore queue;
  private final QueueCursor cursors;
  private final Decide decide;

  public ModerationApi(Sites sites, Database database, Keys keys, Decide decide) {
    this.sites = sites;
    this.queue = new QueueStore(database);
    this.cursors = new QueueCursor(keys);
    this.decide = decide;
  }

  /** GET /api/v1/admin/queue */
  public void queue(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Status status = status(ctx);
    Optional<String> reason = Query.one(ctx, "reason");
    reason.ifPresent(ModerationApi::requireReason);
    boolean newest = newest(ctx);
    int limit = Query.integer(ctx, "limit", 1, PAGE, 20);
    Place after = Query.one(ctx, "after").map(cursors::read).orElse(null);
    visible(ctx, moderator)
        .compose(
            visible ->
                Future.all(
                    queue.page(visible, status, reason.orElse(null), newest, after, limit + 1), queue.waiting(visible)))
        .onSuccess(both -> ctx.response().end(page(both.resultAt(0), both.resultAt(1), limit).toBuffer()))
        .onFailure(ctx::fail);
    json(ctx);
  }

  private JsonObject page(List<QueueStore.Card> cards, long waiting, int limit) {
    List<QueueStore.Card> shown = cards.size() > limit ? cards.subList(0, limit) : cards;
    var list = new JsonArray();
    shown.forEach(card -> list.add(card.json()));
    String next = cards.size() > limit ? cursors.write(shown.get(limit - 1).place()) : null;
    return new JsonObject().put("cards", list).put("next", next).put("waiting", waiting);
  }

  /** The sites asked for, all of the moderator's own without a question. Another's is "not found". */
  private Future<Set<Integer>> visible(RoutingContext ctx, Moderator moderator) {
    Optional<String> key = Query.one(ctx, "site").filter(text -> !text.isEmpty());
    if (key.isEmpty()) return Future.succeededFuture(moderator.sites(Role.VIEWER));
    return sites
        .byKey(key.get())
        .map(
            site -> {
              moderator.require(site.id(), Role.VIEWER);
              return Set.of(site.id());
            });
  }

  private static Status status(RoutingContext ctx) {
    String word = Query.one(ctx, "status").orElse("pending");
    return Arrays.stream(Status.values())
        .filter(status -> status.word().equals(word))
        .findFirst()
        .orElseThrow(() -> Query.wrong("status", "unknown", "There is no such status."));
  }

  private static boolean newest(RoutingContext ctx) {
    String order = Query.one(ctx, "order").orElse("oldest");
    if (!order.equals("oldest") && !order.equals("newest")) {
      throw Query.wrong("order", "unknown", "Order by \"oldest\" or \"newest\".");
    }
    return order.equals("newest");
  }

  private static void requireReason(String code) {
    boolean known = Arrays.stream(Reason.values()).anyMatch(reason -> reason.code().equals(code));
    if (!known) throw Query.wrong("reason", "unknown", "There is no such reason.");
  }

  /** POST /api/v1/admin/decisions */
  public void decide(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Decide.Request request = request(JsonBody.of(ctx));
    for (Wanted item : request.items()) {
      if (moderator.roleOn(item.id().site()).isPresent()) moderator.require(item.id().site(), Role.MODERATOR);
    }
    decide
        .decide(moderator, request)
        .onSuccess(outcome -> ctx.response().end(answer(outcome).toBuffer()))
        .onFailure(ctx::fail);
    json(ctx);
  }

  private static Decide.Request request(Fields fields) {
    String word = fields.requiredText("action", 16);
    Optional<Action> action = Action.of(word);
    if (action.isEmpty() && !word.isEmpty()) fields.wrong("action", "unknown", "There is no such action.");
    List<Fields> given = fields.objects("items", BULK);
    if (given.isEmpty()) fields.wrong("items", "required", "Name at least one comment.");
    var items = new ArrayList<Wanted>();
    for (Fields item : given) {
      Optional<PublicId> id = PublicId.parse(item.requiredText("id", 64));
      Optional<Long> version = item.integer("version", 1, Integer.MAX_VALUE);
      if (id.isEmpty()) item.wrong("id", "malformed", "There is no such comment.");
      if (version.isEmpty() && !item.has("version")) item.wrong("version", "required", "Say which version you decide on.");
      if (id.isPresent() && version.isPresent()) items.add(new Wanted(id.get(), version.get().intValue()));
    }
    if (items.stream().map(Wanted::id).distinct().count() < items.size()) {
      fields.wrong("items", "doubled", "Name each comment once.");
    }
    String reason = fields.text("reason", Limits.NAME).orElse(null);
    String note = fields.text("note", Limits.NOTE).orElse(null);
    fields.finish();
    return new Decide.Request(action.orElseThrow(), items, reason, note);
  }

  /** POST /api/v1/admin/decisions/{id}/undo */
  public void undo(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    String text = ctx.pathParam("id");
    if (!text.matches("d[0-9a-z]{1,12}")) throw FailureException.notFound("There is no such decision.");
    decide
        .undo(moderator, Long.parseLong(text.substring(1), 36))
        .onSuccess(outcome -> ctx.response().end(answer(outcome).toBuffer()))
        .onFailure(ctx::fail);
    json(ctx);
  }

  private static JsonObject answer(Decide.Outcome outcome) {
    var items = new JsonArray();
    for (Decide.Item item : outcome.items()) {
      var json = new JsonObject().put("id", item.id().toString()).put("result", item.result());
      if (item.status() != null) json.put("status", item.status().word()).put("version", item.version());
      if (item.decidedBy() != null) json.put("decidedBy", item.decidedBy());
      items.add(json);
    }
    return new JsonObject().put("id", "d" + Long.toString(outcome.decision(), 36).toLowerCase(Locale.ROOT)).put("items", items);
  }

  private static void json(RoutingContext ctx) {
    ctx.response().putHeader("Content-Type", "application/json").putHeader("Cache-Control", "no-store");
  }
}
