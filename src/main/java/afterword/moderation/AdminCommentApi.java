package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.comment.SubmissionReader;
import afterword.db.Database;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.http.Query;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Limits;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.moderation.AdminCommentStore.Standing;
import afterword.moderation.CommentAdmin.Change;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One comment or one author as moderators see them: {@code /api/v1/admin/comments}, {@code
 * /authors}. Behind {@link Guard}.
 */
public final class AdminCommentApi {
  private final Sites sites;
  private final AdminCommentStore store;
  private final CardStore cards;
  private final Why why;
  private final CommentAdmin admin;
  private final Decide decide;

  public AdminCommentApi(
      Sites sites, Database database, CommentAdmin admin, Decide decide, Clock clock) {
    this.sites = sites;
    this.store = new AdminCommentStore(database);
    this.cards = new CardStore(database, clock);
    this.why = new Why(sites);
    this.admin = admin;
    this.decide = decide;
  }

  /** {@code GET comments/{id}}. */
  public void show(RoutingContext ctx) {
    PublicId id = id(ctx, Role.VIEWER);
    described(id, Guard.moderator(ctx))
        .onSuccess(json -> Answers.send(ctx, json))
        .onFailure(ctx::fail);
  }

  private Future<JsonObject> described(PublicId id, Moderator moderator) {
    Future<List<Card>> card = cards.cards(List.of(id), moderator).compose(why::said);
    Future<JsonArray> revisions = store.revisions(id);
    Future<JsonArray> decisions = store.decisions(id);
    return Future.all(card, revisions, decisions)
        .map(
            all -> {
              if (card.result().isEmpty()) throw missing();
              return new JsonObject()
                  .put("card", card.result().get(0).json())
                  .put("revisions", revisions.result())
                  .put("decisions", decisions.result());
            });
  }

  /** {@code PATCH comments/{id}}: a new text, a pin, a lock. */
  public void change(RoutingContext ctx) {
    PublicId id = id(ctx, Role.MODERATOR);
    Moderator moderator = Guard.moderator(ctx);
    Fields fields = JsonBody.of(ctx);
    Optional<String> body =
        fields.has("body")
            ? Optional.of(SubmissionReader.body(fields, Limits.TEXT))
            : Optional.empty();
    Optional<Long> version = fields.integer("version", 1, Integer.MAX_VALUE);
    Optional<Boolean> pinned = fields.flag("pinned");
    Optional<Boolean> locked = fields.flag("locked");
    if (body.isPresent() && version.isEmpty() && !fields.isWrong("version"))
      fields.wrong("version", "required", "Say which version the new text was written on.");
    if (!fields.has("body") && pinned.isEmpty() && locked.isEmpty())
      fields.wrong("body", "required", "Send what shall be different: body, pinned or locked.");
    fields.finish();
    var change = new Change(body, version.orElse(0L).intValue(), pinned, locked);
    standing(id)
        .compose(
            standing -> {
              if (pinned.orElse(false) && !standing.root()) throw notARoot();
              return site(id);
            })
        .compose(site -> admin.change(moderator, site, id, change))
        .compose(changed -> described(id, moderator))
        .onSuccess(json -> Answers.send(ctx, json))
        .onFailure(ctx::fail);
  }

  /** {@code DELETE comments/{id}}: a decision like any; with {@code ?erase=true} for ever. */
  public void delete(RoutingContext ctx) {
    Optional<String> erase = Query.one(ctx, "erase").filter(value -> !value.isEmpty());
    if (erase.isPresent() && !erase.get().equals("true"))
      throw Query.wrong("erase", "unknown", "Send \"erase=true\" or nothing.");
    PublicId id = id(ctx, erase.isPresent() ? Role.OWNER : Role.MODERATOR);
    Moderator moderator = Guard.moderator(ctx);
    standing(id)
        .compose(
            standing ->
                erase.isPresent()
                    ? admin.erase(moderator, id, standing.version())
                    : decide
                        .decide(
                            moderator,
                            new Decide.Request(
                                Action.DELETE, Map.of(id, standing.version()), null, null))
                        .<Void>mapEmpty())
        .onSuccess(gone -> Answers.done(ctx))
        .onFailure(ctx::fail);
  }

  /** {@code POST comments/{id}/replies}: as staff; approves what it answers. */
  public void reply(RoutingContext ctx) {
    PublicId id = id(ctx, Role.MODERATOR);
    Moderator moderator = Guard.moderator(ctx);
    Fields fields = JsonBody.of(ctx);
    String body = SubmissionReader.body(fields, Limits.TEXT);
    fields.finish();
    standing(id)
        .compose(
            standing ->
                site(id)
                    .compose(
                        site ->
                            admin.reply(
                                moderator, site, id, standing.version(), standing.status(), body)))
        .compose(
            replied ->
                cards
                    .cards(List.of(replied.id()), moderator)
                    .compose(why::said)
                    .map(
                        found ->
                            new JsonObject()
                                .put("card", found.get(0).json())
                                .put(
                                    "decision",
                                    replied
                                        .decision()
                                        .map(d -> "d" + Long.toString(d, 36))
                                        .orElse(null))))
        .onSuccess(json -> Answers.created(ctx, json))
        .onFailure(ctx::fail);
  }

  /** {@code GET authors/{id}}. */
  public void author(RoutingContext ctx) {
    PublicId id = id(ctx, Role.VIEWER);
    store
        .author(id)
        .map(found -> found.orElseThrow(AdminCommentApi::missing))
        .compose(
            author ->
                store
                    .byAuthor(id)
                    .compose(ids -> cards.cards(ids, Guard.moderator(ctx)))
                    .compose(why::said)
                    .map(
                        list -> {
                          var jsons = new JsonArray();
                          list.forEach(card -> jsons.add(card.json()));
                          return author
                              .put(
                                  "history",
                                  list.isEmpty()
                                      ? null
                                      : list.get(0).json().getJsonObject("history"))
                              .put("comments", jsons);
                        }))
        .onSuccess(json -> Answers.send(ctx, json))
        .onFailure(ctx::fail);
  }

  /** What is not there and what is somebody else's look the same. */
  private static PublicId id(RoutingContext ctx, Role needed) {
    PublicId id = PublicId.parse(ctx.pathParam("id")).orElseThrow(AdminCommentApi::missing);
    Guard.moderator(ctx).require(id.site(), needed);
    return id;
  }

  private Future<Standing> standing(PublicId id) {
    return store.standing(id).map(found -> found.orElseThrow(AdminCommentApi::missing));
  }

  private Future<Site> site(PublicId id) {
    return sites.byId(id.site()).map(found -> found.orElseThrow(AdminCommentApi::missing));
  }

  private static FailureException missing() {
    return FailureException.notFound("There is nothing here, or it is not yours.");
  }

  private static FailureException notARoot() {
    return FailureException.invalid(
        List.of(
            new FieldError("/pinned", "not-a-root", "Only a comment at the top can be pinned.")));
  }
}
