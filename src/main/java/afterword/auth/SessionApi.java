package afterword.auth;

import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.model.Limits;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Sign in, who am I, sign out: {@code /api/v1/admin/session}. */
public final class SessionApi {
  private static final int CODE = 32;

  private final Database database;
  private final ModeratorStore moderators;
  private final Sessions sessions;
  private final TokenCookie cookie;
  private final SameOrigin sameOrigin;
  private final SignInThrottle throttle;
  private final ClientAddress clientAddress;

  SessionApi(
      Database database,
      ModeratorStore moderators,
      Sessions sessions,
      TokenCookie cookie,
      SameOrigin sameOrigin,
      SignInThrottle throttle,
      ClientAddress clientAddress) {
    this.database = database;
    this.moderators = moderators;
    this.sessions = sessions;
    this.cookie = cookie;
    this.sameOrigin = sameOrigin;
    this.throttle = throttle;
    this.clientAddress = clientAddress;
  }

  /** {@code POST}: for everybody, so it stands before the guard. */
  public void signIn(RoutingContext ctx) {
    cookie.requireUsable();
    sameOrigin.check(ctx.request());
    Fields fields = JsonBody.of(ctx);
    String email = fields.requiredText("email", Limits.EMAIL).strip();
    String password = fields.requiredText("password", PasswordPolicy.MOST);
    Optional<String> code = fields.text("code", CODE).filter(text -> !text.isBlank());
    fields.finish();
    throttle.attempt(HexFormat.of().formatHex(clientAddress.rangeOf(ctx)), email);
    sessions
        .begin(new Sessions.Credentials(email, password, code), visit(ctx))
        .onSuccess(token -> throttle.succeeded(email))
        .compose(token -> opened(ctx, token))
        .onSuccess(answer -> Answers.send(ctx, answer))
        .onFailure(ctx::fail);
  }

  /** From where somebody signs in. */
  Sessions.Visit visit(RoutingContext ctx) {
    return new Sessions.Visit(
        BrowserName.of(ctx.request().headers().getAll(HttpHeaders.USER_AGENT)),
        cookie.read(ctx.request()));
  }

  /** Gives the browser its new session, and answers what {@link #show} would. */
  Future<JsonObject> opened(RoutingContext ctx, String token) {
    cookie.give(ctx.response(), token);
    return sessions.find(token).compose(moderator -> described(moderator.orElseThrow(), token));
  }

  /** {@code GET}, behind {@link Guard#authenticated}. */
  public void show(RoutingContext ctx) {
    Guard.Access access = Guard.access(ctx);
    described(access.moderator(), access.session().orElse(null))
        .onSuccess(answer -> Answers.send(ctx, answer))
        .onFailure(ctx::fail);
  }

  /** {@code DELETE}, behind {@link Guard#signedIn}. */
  public void signOut(RoutingContext ctx) {
    sessions
        .end(Guard.access(ctx).session().orElseThrow())
        .onSuccess(
            ended -> {
              cookie.take(ctx.response());
              Answers.done(ctx);
            })
        .onFailure(ctx::fail);
  }

  private Future<JsonObject> described(Moderator moderator, String session) {
    return database
        .readCurrent(client -> moderators.sites(client, moderator.id()))
        .map(
            sites ->
                new JsonObject()
                    .put("moderator", json(moderator, sites))
                    .put("csrf", Optional.ofNullable(session).map(sessions::csrf).orElse(null)));
  }

  private static JsonObject json(Moderator moderator, List<ModeratorStore.SiteRole> sites) {
    var roles = new JsonArray();
    for (ModeratorStore.SiteRole site : sites) {
      roles.add(
          new JsonObject()
              .put("site", site.key())
              .put("name", site.name())
              .put("role", site.role().word()));
    }
    return new JsonObject()
        .put("id", moderator.publicId())
        .put("email", moderator.email())
        .put("name", moderator.name())
        .put("operator", moderator.operator())
        .put("roles", roles);
  }
}
