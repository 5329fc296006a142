package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.PublicId;
import afterword.model.Status;
import afterword.notice.Named;
import afterword.notice.Statement;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decisions and taking them back: {@code /api/v1/admin/decisions}. Behind {@link Guard}. */
public final class DecisionApi {
  private static final int BULK = 500;

  private final Decide decide;

  public DecisionApi(Decide decide) {
    this.decide = decide;
  }

  /** {@code POST /api/v1/admin/decisions}. */
  public void decide(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Decide.Request request = read(JsonBody.of(ctx));
    requireRole(moderator, request);
    decide.decide(moderator, request).onSuccess(outcome -> send(ctx, outcome)).onFailure(ctx::fail);
  }

  /** {@code POST /api/v1/admin/decisions/{id}/undo}. */
  public void undo(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    decide
        .undo(moderator, id(ctx.pathParam("id")))
        .onSuccess(outcome -> send(ctx, outcome))
        .onFailure(ctx::fail);
  }

  private static Decide.Request read(Fields fields) {
    String word = fields.requiredText("action", 16);
    Optional<Action> action = Action.of(word);
    if (action.isEmpty() && !word.isEmpty())
      fields.wrong("action", "unknown", "There is no such action.");
    Map<PublicId, Integer> items = items(fields);
    String reason = fields.text("reason", Limits.NAME).orElse(null);
    String note = fields.text("note", Limits.NOTE).orElse(null);
    Optional<Statement> statement = statement(fields, action);
    Optional<Named> settles = settles(fields);
    fields.finish();
    return new Decide.Request(action.orElseThrow(), items, reason, note, statement, settles);
  }

  private static Optional<Statement> statement(Fields fields, Optional<Action> action) {
    if (!fields.has("statement") || action.isEmpty()) {
      fields.allow("statement");
      return Optional.empty();
    }
    if (action.get().status() == Status.PENDING)
      fields.wrong("statement", "contradicts", "What waits has not been decided on.");
    boolean removes = action.get() != Action.APPROVE;
    boolean deletes = action.get() == Action.DELETE;
    return Optional.of(Statement.read(fields.object("statement"), removes, deletes));
  }

  private static Optional<Named> settles(Fields fields) {
    if (!fields.has("settles")) {
      fields.allow("settles");
      return Optional.empty();
    }
    return Optional.of(Named.read(fields.object("settles")));
  }

  private static Map<PublicId, Integer> items(Fields fields) {
    var idToVersion = new LinkedHashMap<PublicId, Integer>();
    List<Fields> items = fields.objects("items", BULK);
    if (items.isEmpty())
      fields.wrong("items", "required", "Name at least one comment, and at most " + BULK + ".");
    for (Fields item : items) {
      String text = item.requiredText("id", 64);
      Optional<PublicId> id = PublicId.parse(text);
      Optional<Long> version = item.integer("version", 1, Integer.MAX_VALUE);
      if (id.isEmpty() && !text.isEmpty())
        item.wrong("id", "malformed", "No comment has such an id.");
      if (!item.has("version"))
        item.wrong("version", "required", "Say which version you decide on.");
      if (id.isEmpty() || version.isEmpty()) continue;
      if (idToVersion.putIfAbsent(id.get(), version.get().intValue()) != null) {
        item.wrong("id", "doubled", "Name each comment once.");
      }
    }
    return idToVersion;
  }

  /** A viewer is told so; what belongs to others is gone, item by item. */
  private static void requireRole(Moderator moderator, Decide.Request request) {
    for (PublicId id : request.idToVersion().keySet()) {
      if (moderator.roleOn(id.site()).isPresent()) moderator.require(id.site(), Role.MODERATOR);
    }
  }

  private static long id(String text) {
    if (!text.matches("d[0-9a-z]{1,12}"))
      throw FailureException.notFound("There is no such decision.");
    return Long.parseLong(text.substring(1), 36);
  }

  private static void send(RoutingContext ctx, Outcome outcome) {
    var items = new JsonArray();
    outcome.items().forEach(item -> items.add(json(item)));
    var answer =
        new JsonObject()
            .put("id", outcome.id().map(id -> "d" + Long.toString(id, 36)).orElse(null))
            .put("items", items);
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(answer.toBuffer());
  }

  private static JsonObject json(Outcome.Item item) {
    var json = new JsonObject().put("id", item.id().toString()).put("result", item.result());
    if (item.status() != null)
      json.put("status", item.status().word()).put("version", item.version());
    if (item.decidedBy() != null) json.put("decidedBy", item.decidedBy());
    return json;
  }
}
