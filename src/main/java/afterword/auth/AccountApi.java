package afterword.auth;

import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.model.FailureException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Optional;

/**
 * One's own account: {@code /api/v1/admin/me/…} and {@code /api/v1/admin/sessions}. Behind {@link
 * Guard#signedIn}: a token must not give itself more time or take a factor away.
 */
public final class AccountApi {
  private static final int CODE = 20;

  private final OwnAccount account;
  private final Sessions sessions;
  private final SecondFactor secondFactor;
  private final SignInThrottle throttle;
  private final String installation;

  AccountApi(
      OwnAccount account,
      Sessions sessions,
      SecondFactor secondFactor,
      SignInThrottle throttle,
      String publicBaseUrl) {
    this.account = account;
    this.sessions = sessions;
    this.secondFactor = secondFactor;
    this.throttle = throttle;
    this.installation = "Afterword " + URI.create(publicBaseUrl).getHost();
  }

  /** {@code GET sessions} */
  public void sessions(RoutingContext ctx) {
    Guard.Access access = Guard.access(ctx);
    sessions
        .list(access.moderator().id())
        .onSuccess(
            open -> {
              var list = new JsonArray();
              for (SessionStore.Open session : open) list.add(json(session, access));
              Answers.send(ctx, new JsonObject().put("sessions", list));
            })
        .onFailure(ctx::fail);
  }

  private JsonObject json(SessionStore.Open session, Guard.Access access) {
    return new JsonObject()
        .put("id", Long.toString(session.id(), 36))
        .put("client", session.client())
        .put("createdAt", session.createdAt().toString())
        .put("lastSeenAt", session.lastSeenAt().toString())
        .put("current", sessions.isOf(session, access.session().orElseThrow()));
  }

  /** {@code DELETE sessions/{id}} */
  public void endSession(RoutingContext ctx) {
    sessions
        .end(Guard.moderator(ctx).id(), row(ctx.pathParam("id")))
        .onSuccess(ended -> Answers.done(ctx))
        .onFailure(ctx::fail);
  }

  /** {@code PUT me/password} */
  public void changePassword(RoutingContext ctx) {
    Guard.Access access = Guard.access(ctx);
    Fields fields = JsonBody.of(ctx);
    String present = fields.requiredText("present", PasswordPolicy.MOST);
    String next = fields.requiredText("next", PasswordPolicy.MOST);
    fields.finish();
    throttle.attempt(access.moderator().actor(), access.moderator().email());
    account
        .changePassword(access.moderator(), access.session().orElseThrow(), present, next)
        .onSuccess(changed -> Answers.done(ctx))
        .onFailure(ctx::fail);
  }

  /** {@code GET me/totp} */
  public void showTotp(RoutingContext ctx) {
    secondFactor
        .find(Guard.moderator(ctx).id())
        .onSuccess(
            factor ->
                Answers.send(
                    ctx,
                    new JsonObject()
                        .put("enabled", factor.isPresent())
                        .put(
                            "recoveryCodes",
                            factor.map(FactorStore.Factor::recoveryCodes).orElse(0))))
        .onFailure(ctx::fail);
  }

  /** {@code POST me/totp}: a secret for the app, not asked for until a code has confirmed it. */
  public void beginTotp(RoutingContext ctx) {
    JsonBody.ofOptional(ctx).finish();
    secondFactor
        .begin(Guard.moderator(ctx), installation)
        .onSuccess(
            setup ->
                Answers.send(
                    ctx,
                    new JsonObject()
                        .put("secret", setup.secret())
                        .put("uri", setup.uri())
                        .put("qr", QrPicture.of(setup.uri()))))
        .onFailure(ctx::fail);
  }

  /** {@code PUT me/totp} */
  public void confirmTotp(RoutingContext ctx) {
    Fields fields = JsonBody.of(ctx);
    String code = fields.requiredText("code", CODE);
    fields.finish();
    Moderator moderator = Guard.moderator(ctx);
    throttle.attempt(moderator.actor(), moderator.email());
    secondFactor
        .confirm(moderator, code)
        .onSuccess(
            codes -> Answers.send(ctx, new JsonObject().put("recoveryCodes", new JsonArray(codes))))
        .onFailure(ctx::fail);
  }

  /** {@code DELETE me/totp} */
  public void removeTotp(RoutingContext ctx) {
    Fields fields = JsonBody.of(ctx);
    String password = fields.requiredText("password", PasswordPolicy.MOST);
    fields.finish();
    Moderator moderator = Guard.moderator(ctx);
    throttle.attempt(moderator.actor(), moderator.email());
    account
        .removeSecondFactor(moderator, password)
        .onSuccess(removed -> Answers.done(ctx))
        .onFailure(ctx::fail);
  }

  /** Ids of rows that are the moderator's own, so nobody learns from one. */
  static long row(String id) {
    return Optional.of(id)
        .filter(text -> text.matches("[0-9a-z]{1,12}"))
        .map(text -> Long.parseLong(text, 36))
        .orElseThrow(() -> FailureException.notFound("There is nothing here."));
  }
}
