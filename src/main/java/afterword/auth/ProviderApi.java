package afterword.auth;

import afterword.auth.Challenges.Use;
import afterword.http.ClientAddress;
import afterword.http.Query;
import afterword.keys.Keys;
import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1/admin/sign-in} says how one may sign in; {@code oidc/start} sends the browser to
 * the identity provider, which sends it to {@code oidc/callback}, and that to the admin page.
 */
public final class ProviderApi {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderApi.class);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int CODE = 4_000;

  private final Optional<Provider> provider;
  private final Optional<ProviderSignIn> signIn;
  private final String name;
  private final Challenges challenges;
  private final SessionApi sessions;
  private final TokenCookie sessionCookie;
  private final TokenCookie cookie;
  private final SignInThrottle throttle;
  private final ClientAddress clientAddress;
  private final String publicBaseUrl;

  ProviderApi(
      Optional<Provider> provider,
      Optional<ProviderSignIn> signIn,
      String name,
      Challenges challenges,
      SessionApi sessions,
      SignInThrottle throttle,
      ClientAddress clientAddress,
      String publicBaseUrl) {
    this.provider = provider;
    this.signIn = signIn;
    this.name = name;
    this.challenges = challenges;
    this.sessions = sessions;
    this.sessionCookie = TokenCookie.ofSession(publicBaseUrl);
    this.cookie = TokenCookie.ofChallenge(publicBaseUrl);
    this.throttle = throttle;
    this.clientAddress = clientAddress;
    this.publicBaseUrl = publicBaseUrl;
  }

  /** {@code GET sign-in} */
  public void ways(RoutingContext ctx) {
    Object shown = provider.isPresent() ? new JsonObject().put("name", name) : null;
    Answers.send(ctx, new JsonObject().put("provider", shown));
  }

  /** {@code GET oidc/start} */
  public void start(RoutingContext ctx) {
    Provider there = configured();
    sessionCookie.requireUsable();
    throttle.attempt(HexFormat.of().formatHex(clientAddress.rangeOf(ctx)));
    challenges
        .begin(Use.PROVIDER, "")
        .compose(
            secret ->
                there
                    .authorization(request(secret))
                    .onSuccess(address -> cookie.give(ctx.response(), secret)))
        .onSuccess(address -> lead(ctx, address))
        .onFailure(cause -> sendBack(ctx, cause));
  }

  /** {@code GET oidc/callback} */
  public void callback(RoutingContext ctx) {
    Provider there = configured();
    Optional<String> code = Query.one(ctx, "code").filter(text -> text.length() <= CODE);
    Optional<String> state = Query.one(ctx, "state");
    boolean ofIssuer = Query.one(ctx, "iss").map(there.issuer()::equals).orElse(true);
    Optional<String> begun =
        cookie
            .read(ctx.request())
            .filter(secret -> Keys.same(request(secret).state(), state.orElse("")));
    cookie.take(ctx.response());
    challenges
        .take(Use.PROVIDER, begun, "")
        .compose(
            secret ->
                secret.isPresent() && code.isPresent() && ofIssuer
                    ? there.person(code.get(), request(secret.get()))
                    : Future.failedFuture(new Provider.RefusedException("not what was begun")))
        .compose(person -> signIn.orElseThrow().signIn(person, sessions.visit(ctx)))
        .onSuccess(
            token -> {
              token.ifPresent(fresh -> sessionCookie.give(ctx.response(), fresh));
              lead(
                  ctx,
                  publicBaseUrl + (token.isPresent() ? "/admin" : "/admin#not-signed-in=role"));
            })
        .onFailure(cause -> sendBack(ctx, cause));
  }

  private Provider configured() {
    return provider.orElseThrow(
        () -> FailureException.notFound("There is no identity provider set up."));
  }

  private Provider.Request request(String secret) {
    return new Provider.Request(
        derived("state", secret),
        derived("nonce", secret),
        derived("verifier", secret),
        publicBaseUrl + "/api/v1/admin/oidc/callback");
  }

  private String derived(String part, String secret) {
    return BASE64.encodeToString(challenges.expected(Use.PROVIDER, part, secret));
  }

  /** The page says it in the person's language; what exactly was wrong stands in the log. */
  private void sendBack(RoutingContext ctx, Throwable cause) {
    if (cause instanceof FailureException known) {
      ctx.fail(known);
      return;
    }
    boolean refused = cause instanceof Provider.RefusedException;
    LOG.warn("Sign-in by the identity provider failed: {}", cause.getMessage());
    lead(ctx, publicBaseUrl + "/admin#not-signed-in=" + (refused ? "refused" : "away"));
  }

  private static void lead(RoutingContext ctx, String address) {
    ctx.response()
        .setStatusCode(303)
        .putHeader(HttpHeaders.LOCATION, address)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }
}
