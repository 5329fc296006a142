package afterword.auth;

import afterword.model.FailureException;
import afterword.model.Problem;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets through who may: a session's cookie, with its CSRF token where something changes, or an
 * access token with the scope. An {@code Authorization} header decides alone; the cookie beside it
 * counts for nothing. Goes after the body handler, since it asks the database.
 */
public final class Guard {
  static final String CSRF_HEADER = "X-CSRF-Token";
  private static final String ACCESS = "access";
  private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  /**
   * What a request may do.
   *
   * @param session its token, empty with an access token
   */
  record Access(Moderator moderator, Set<Scope> scopes, Optional<String> session) {}

  private final Sessions sessions;
  private final AccessTokens tokens;
  private final TokenCookie cookie;
  private final SameOrigin sameOrigin;

  Guard(Sessions sessions, AccessTokens tokens, TokenCookie cookie, SameOrigin sameOrigin) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.cookie = cookie;
    this.sameOrigin = sameOrigin;
  }

  /** Anybody who is signed in or has an access token of whatever scope. */
  public Handler<RoutingContext> authenticated() {
    return ctx -> letThrough(ctx, access -> {});
  }

  /** Anybody who is signed in, and access tokens with this scope. */
  public Handler<RoutingContext> may(Scope scope) {
    return ctx ->
        letThrough(
            ctx,
            access -> {
              if (!access.scopes().contains(scope))
                throw forbidden("This token lacks the scope " + scope.word() + ".");
            });
  }

  /** People only: what an access token must not do, such as making another one. */
  public Handler<RoutingContext> signedIn() {
    return ctx ->
        letThrough(
            ctx,
            access -> {
              if (access.session().isEmpty())
                throw forbidden("This is for people who are signed in, not for tokens.");
            });
  }

  /**
   * Whether an answer that is still going on would be begun now: its session or token may have
   * ended.
   */
  public Future<Moderator> again(RoutingContext ctx, Scope scope) {
    return identify(ctx.request())
        .compose(
            access ->
                access.scopes().contains(scope)
                    ? Future.succeededFuture(access.moderator())
                    : nobody());
  }

  /** Who was let through. */
  public static Moderator moderator(RoutingContext ctx) {
    return access(ctx).moderator();
  }

  static Access access(RoutingContext ctx) {
    Access access = ctx.get(ACCESS);
    if (access == null)
      throw new IllegalStateException("a route without a guard: " + ctx.normalizedPath());
    return access;
  }

  private interface Check {
    void check(Access access);
  }

  private void letThrough(RoutingContext ctx, Check check) {
    if (!SAFE.contains(ctx.request().method())) sameOrigin.check(ctx.request());
    identify(ctx.request())
        .onSuccess(
            access -> {
              try {
                check.check(access);
              } catch (FailureException refused) {
                ctx.fail(refused);
                return;
              }
              ctx.put(ACCESS, access);
              ctx.next();
            })
        .onFailure(ctx::fail);
  }

  private Future<Access> identify(HttpServerRequest request) {
    List<String> authorization = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    return authorization.isEmpty() ? bySession(request) : byToken(authorization);
  }

  private Future<Access> byToken(List<String> authorization) {
    String[] parts = authorization.get(0).split(" ", 2);
    if (authorization.size() > 1 || parts.length != 2 || !parts[0].equalsIgnoreCase("Bearer"))
      return nobody();
    return tokens
        .find(parts[1])
        .compose(
            found ->
                found
                    .map(
                        token ->
                            Future.succeededFuture(
                                new Access(token.moderator(), token.scopes(), Optional.empty())))
                    .orElseGet(Guard::nobody));
  }

  private Future<Access> bySession(HttpServerRequest request) {
    Optional<String> token = cookie.read(request);
    if (token.isEmpty()) return nobody();
    return sessions
        .find(token.get())
        .compose(
            moderator ->
                moderator
                    .map(
                        person ->
                            withCsrf(
                                request, new Access(person, EnumSet.allOf(Scope.class), token)))
                    .orElseGet(Guard::nobody));
  }

  private Future<Access> withCsrf(HttpServerRequest request, Access access) {
    if (SAFE.contains(request.method())) return Future.succeededFuture(access);
    List<String> sent = request.headers().getAll(CSRF_HEADER);
    String session = access.session().orElseThrow();
    return sent.size() == 1 && sessions.isCsrf(session, sent.get(0))
        ? Future.succeededFuture(access)
        : Future.failedFuture(
            FailureException.refused(
                Problem.CSRF,
                "Send the session's token in "
                    + CSRF_HEADER
                    + "; reload the page to get it anew."));
  }

  private static <T> Future<T> nobody() {
    return Future.failedFuture(
        FailureException.unauthenticated("Sign in, or send a valid access token."));
  }

  private static FailureException forbidden(String detail) {
    return FailureException.refused(Problem.FORBIDDEN, detail);
  }
}
