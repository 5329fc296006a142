package afterword.auth;

import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.model.Limits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** One's own access tokens: {@code /api/v1/admin/tokens}, behind {@link Guard#signedIn}. */
public final class TokenApi {
  private static final int LONGEST_DAYS = 3_650;

  private final AccessTokens tokens;

  TokenApi(AccessTokens tokens) {
    this.tokens = tokens;
  }

  /** {@code GET} */
  public void list(RoutingContext ctx) {
    tokens
        .list(Guard.moderator(ctx).id())
        .onSuccess(
            found -> {
              var list = new JsonArray();
              found.forEach(token -> list.add(json(token)));
              Answers.send(ctx, new JsonObject().put("tokens", list));
            })
        .onFailure(ctx::fail);
  }

  private static JsonObject json(TokenStore.Listed token) {
    return new JsonObject()
        .put("id", Long.toString(token.id(), 36))
        .put("name", token.name())
        .put("scopes", new JsonArray(token.scopes()))
        .put("createdAt", token.createdAt().toString())
        .put("expiresAt", token.expiresAt().map(Instant::toString).orElse(null));
  }

  /** {@code POST}: the token itself is in this answer alone. */
  public void add(RoutingContext ctx) {
    Fields fields = JsonBody.of(ctx);
    String name = fields.requiredText("name", Limits.NAME).strip();
    Set<Scope> scopes = scopes(fields);
    Optional<Duration> lifetime = fields.integer("days", 1, LONGEST_DAYS).map(Duration::ofDays);
    fields.finish();
    tokens
        .issue(Guard.moderator(ctx).id(), name, scopes, lifetime)
        .onSuccess(token -> Answers.made(ctx, new JsonObject().put("token", token)))
        .onFailure(ctx::fail);
  }

  private static Set<Scope> scopes(Fields fields) {
    var scopes = EnumSet.noneOf(Scope.class);
    int n = 0;
    for (String word : fields.texts("scopes", Scope.values().length, 40)) {
      Optional<Scope> scope = Scope.of(word);
      if (scope.isEmpty()) fields.wrong("scopes/" + n, "unknown", "There is no such scope.");
      scope.ifPresent(scopes::add);
      n++;
    }
    if (n == 0 && !fields.isWrong("scopes"))
      fields.wrong("scopes", "required", "Choose at least one scope.");
    return scopes;
  }

  /** {@code DELETE tokens/{id}} */
  public void revoke(RoutingContext ctx) {
    tokens
        .revoke(Guard.moderator(ctx).id(), AccountApi.row(ctx.pathParam("id")))
        .onSuccess(revoked -> Answers.done(ctx))
        .onFailure(ctx::fail);
  }
}
