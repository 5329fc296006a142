package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.http.Query;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.site.Sites;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A share of what was decided, shown to another moderator who is not told how: {@code
 * /api/v1/admin/second-looks}. It changes nothing; the statistics say how often two agree. Behind
 * {@link Guard}.
 */
public final class SecondLookApi {
  private static final int MOST = 50;
  private static final int USUAL = 20;
  private static final Duration LOOKED_BACK = Duration.ofDays(30);
  private static final Set<Action> OPINIONS =
      EnumSet.of(Action.APPROVE, Action.REJECT, Action.SPAM, Action.DELETE);

  private final VisibleSites visible;
  private final Database database;
  private final SecondLookStore looks;
  private final CardStore cards;
  private final Clock clock;

  public SecondLookApi(Sites sites, Database database, Clock clock) {
    this.visible = new VisibleSites(sites);
    this.database = database;
    this.looks = new SecondLookStore(database);
    this.cards = new CardStore(database, clock);
    this.clock = clock;
  }

  /** {@code GET second-looks?site&limit}. */
  public void list(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Optional<String> site = Query.one(ctx, "site").filter(key -> !key.isEmpty());
    int limit = Query.integer(ctx, "limit", 1, MOST, USUAL);
    Instant now = clock.instant();
    visible
        .of(moderator, site, Role.MODERATOR)
        .compose(
            sites -> looks.due(sites, moderator.id(), now.minus(LOOKED_BACK), settled(now), limit))
        .compose(ids -> cards.cards(ids, moderator))
        .onSuccess(
            found -> {
              var list = new JsonArray();
              found.forEach(card -> list.add(blind(card)));
              Answers.send(ctx, new JsonObject().put("cards", list));
            })
        .onFailure(ctx::fail);
  }

  /** Only what tells nothing of what anybody has decided. */
  private static JsonObject blind(Card card) {
    var json = new JsonObject();
    for (String name :
        new String[] {
          "id", "site", "version", "text", "source", "author", "page", "parent", "createdAt"
        }) json.put(name, card.json().getValue(name));
    return json;
  }

  /** {@code POST second-looks}. */
  public void add(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Fields fields = JsonBody.of(ctx);
    String typed = fields.requiredText("id", 64);
    Optional<PublicId> id = PublicId.parse(typed);
    if (id.isEmpty() && !typed.isEmpty())
      fields.wrong("id", "malformed", "No comment has such an id.");
    Optional<Long> version = fields.integer("version", 1, Integer.MAX_VALUE);
    if (!fields.has("version")) fields.wrong("version", "required", "Say which version you read.");
    String word = fields.requiredText("action", 16);
    Optional<Action> opinion = Action.of(word).filter(OPINIONS::contains);
    if (opinion.isEmpty() && !word.isEmpty())
      fields.wrong("action", "unknown", "Say approve, reject, spam or delete.");
    fields.finish();
    moderator.require(id.get().site(), Role.MODERATOR);
    Instant now = clock.instant();
    database
        .write(
            tx ->
                looks.add(
                    tx,
                    id.get(),
                    version.get().intValue(),
                    moderator.id(),
                    opinion.get(),
                    now,
                    settled(now)))
        .map(found -> found.orElseThrow(SecondLookApi::missing))
        .onSuccess(
            first ->
                Answers.send(
                    ctx,
                    new JsonObject()
                        .put("agrees", first.agrees())
                        .put("first", first.action())
                        .put("by", first.by())))
        .onFailure(ctx::fail);
  }

  /** What can still be undone is not settled. */
  private static Instant settled(Instant now) {
    return now.minus(Decide.UNDO_WITHIN);
  }

  private static FailureException missing() {
    return FailureException.notFound(
        "There is nothing to look at: it was decided anew, by yourself, or somebody has looked already.");
  }
}
