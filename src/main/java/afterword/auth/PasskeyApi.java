package afterword.auth;

import afterword.auth.Challenges.Use;
import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code /api/v1/admin/session/passkey} for everybody, {@code /api/v1/admin/me/passkeys} behind
 * {@link Guard#signedIn}. Bytes travel as base64url, as in the standard's own JSON.
 */
public final class PasskeyApi {
  private static final int BINARY = 12_000;
  private static final int MOST_TRANSPORTS = 8;
  private static final int TRANSPORT = 20;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final Passkeys passkeys;
  private final Challenges challenges;
  private final OwnAccount account;
  private final SessionApi sessions;
  private final TokenCookie cookie;
  private final SameOrigin sameOrigin;
  private final SignInThrottle throttle;
  private final ClientAddress clientAddress;
  private final String host;

  PasskeyApi(
      Passkeys passkeys,
      Challenges challenges,
      OwnAccount account,
      SessionApi sessions,
      TokenCookie cookie,
      SameOrigin sameOrigin,
      SignInThrottle throttle,
      ClientAddress clientAddress,
      String host) {
    this.passkeys = passkeys;
    this.challenges = challenges;
    this.account = account;
    this.sessions = sessions;
    this.cookie = cookie;
    this.sameOrigin = sameOrigin;
    this.throttle = throttle;
    this.clientAddress = clientAddress;
    this.host = host;
  }

  /** {@code POST session/passkey/challenge}: what the browser asks its devices for. */
  public void beginSignIn(RoutingContext ctx) {
    cookie.requireUsable();
    sameOrigin.check(ctx.request());
    requireName();
    JsonBody.ofOptional(ctx).finish();
    throttle.attempt(address(ctx));
    challenges
        .begin(Use.PASSKEY_SIGN_IN, "")
        .onSuccess(
            secret -> {
              cookie.give(ctx.response(), secret);
              Answers.send(
                  ctx,
                  asked(Use.PASSKEY_SIGN_IN, secret)
                      .put("rpId", host)
                      .put("userVerification", "required"));
            })
        .onFailure(ctx::fail);
  }

  /** {@code POST session/passkey}: signs in as a password and a code would. */
  public void signIn(RoutingContext ctx) {
    sameOrigin.check(ctx.request());
    Fields fields = JsonBody.of(ctx);
    byte[] id = bytes(fields, "id");
    Fields response = fields.object("response");
    var shown =
        new PasskeyVerifier.Assertion(
            id,
            bytes(response, "userHandle"),
            bytes(response, "authenticatorData"),
            bytes(response, "clientDataJSON"),
            bytes(response, "signature"));
    fields.finish();
    throttle.attempt(address(ctx));
    Optional<String> begun = cookie.read(ctx.request());
    cookie.take(ctx.response());
    challenges
        .take(Use.PASSKEY_SIGN_IN, begun, "")
        .map(secret -> secret.orElseThrow(Passkeys::notTaken))
        .compose(
            secret ->
                passkeys.signIn(challenge(Use.PASSKEY_SIGN_IN, secret), shown, sessions.visit(ctx)))
        .compose(token -> sessions.opened(ctx, token))
        .onSuccess(answer -> Answers.send(ctx, answer))
        .onFailure(ctx::fail);
  }

  /** {@code GET me/passkeys} */
  public void list(RoutingContext ctx) {
    passkeys
        .list(Guard.moderator(ctx).id())
        .onSuccess(
            found -> {
              var list = new JsonArray();
              for (PasskeyStore.Listed passkey : found) list.add(json(passkey));
              Answers.send(ctx, new JsonObject().put("passkeys", list));
            })
        .onFailure(ctx::fail);
  }

  private static JsonObject json(PasskeyStore.Listed passkey) {
    return new JsonObject()
        .put("id", Long.toString(passkey.id(), 36))
        .put("name", passkey.name())
        .put("createdAt", passkey.createdAt().toString())
        .put("lastUsedAt", passkey.lastUsedAt().map(Object::toString).orElse(null));
  }

  /** {@code POST me/passkeys/challenge}: what the browser asks a device to make. */
  public void beginAdding(RoutingContext ctx) {
    requireName();
    Fields fields = JsonBody.of(ctx);
    String password = fields.requiredText("password", PasswordPolicy.MOST);
    fields.finish();
    Guard.Access access = Guard.access(ctx);
    Moderator moderator = access.moderator();
    throttle.attempt(moderator.actor(), moderator.email());
    account
        .requirePassword(moderator, "/password", password)
        .compose(right -> passkeys.beforeAnother(moderator.id()))
        .compose(
            have ->
                challenges
                    .begin(Use.NEW_PASSKEY, access.session().orElseThrow())
                    .onSuccess(
                        secret -> {
                          cookie.give(ctx.response(), secret);
                          Answers.send(ctx, wanted(moderator, secret, have));
                        }))
        .onFailure(ctx::fail);
  }

  private JsonObject wanted(
      Moderator moderator, String secret, Iterable<PasskeyStore.Listed> have) {
    var known = new JsonArray();
    for (PasskeyStore.Listed passkey : have) {
      known.add(
          new JsonObject()
              .put("type", "public-key")
              .put("id", BASE64.encodeToString(passkey.credentialId()))
              .put("transports", new JsonArray(passkey.transports())));
    }
    var kinds = new JsonArray();
    for (int algorithm : PasskeyVerifier.ALGORITHMS)
      kinds.add(new JsonObject().put("type", "public-key").put("alg", algorithm));
    return asked(Use.NEW_PASSKEY, secret)
        .put("rp", new JsonObject().put("id", host).put("name", "Afterword " + host))
        .put(
            "user",
            new JsonObject()
                .put("id", BASE64.encodeToString(passkeys.handle(moderator.id())))
                .put("name", moderator.email())
                .put("displayName", moderator.name()))
        .put("pubKeyCredParams", kinds)
        .put("excludeCredentials", known)
        .put(
            "authenticatorSelection",
            new JsonObject()
                .put("residentKey", "required")
                .put("requireResidentKey", true)
                .put("userVerification", "required"))
        .put("attestation", "none");
  }

  /** {@code POST me/passkeys} */
  public void add(RoutingContext ctx) {
    Fields fields = JsonBody.of(ctx);
    String name = fields.requiredText("name", Limits.NAME).strip();
    Fields response = fields.object("response");
    byte[] object = bytes(response, "attestationObject");
    byte[] clientData = bytes(response, "clientDataJSON");
    Set<String> transports =
        new TreeSet<>(response.texts("transports", MOST_TRANSPORTS, TRANSPORT));
    fields.finish();
    Guard.Access access = Guard.access(ctx);
    Optional<String> begun = cookie.read(ctx.request());
    cookie.take(ctx.response());
    challenges
        .take(Use.NEW_PASSKEY, begun, access.session().orElseThrow())
        .map(secret -> secret.orElseThrow(Passkeys::notMade))
        .compose(
            secret ->
                passkeys.add(
                    access.moderator(),
                    challenge(Use.NEW_PASSKEY, secret),
                    new PasskeyVerifier.Attestation(object, clientData, transports),
                    name))
        .onSuccess(id -> Answers.made(ctx, new JsonObject().put("id", Long.toString(id, 36))))
        .onFailure(ctx::fail);
  }

  /** {@code PATCH me/passkeys/{id}} */
  public void rename(RoutingContext ctx) {
    Fields fields = JsonBody.of(ctx);
    String name = fields.requiredText("name", Limits.NAME).strip();
    fields.finish();
    passkeys
        .rename(Guard.moderator(ctx), AccountApi.row(ctx.pathParam("id")), name)
        .onSuccess(renamed -> Answers.done(ctx))
        .onFailure(ctx::fail);
  }

  /** {@code DELETE me/passkeys/{id}} */
  public void remove(RoutingContext ctx) {
    Fields fields = JsonBody.of(ctx);
    String password = fields.requiredText("password", PasswordPolicy.MOST);
    fields.finish();
    Guard.Access access = Guard.access(ctx);
    Moderator moderator = access.moderator();
    throttle.attempt(moderator.actor(), moderator.email());
    long id = AccountApi.row(ctx.pathParam("id"));
    account
        .requirePassword(moderator, "/password", password)
        .compose(right -> passkeys.remove(moderator, id, access.session().orElseThrow()))
        .onSuccess(ended -> Answers.send(ctx, new JsonObject().put("endedSessions", ended)))
        .onFailure(ctx::fail);
  }

  private JsonObject asked(Use use, String secret) {
    return new JsonObject()
        .put("challenge", BASE64.encodeToString(challenge(use, secret)))
        .put("timeout", Challenges.LIFETIME.toMillis());
  }

  private byte[] challenge(Use use, String secret) {
    return challenges.expected(use, "challenge", secret);
  }

  /** Passkeys are bound to a name; an address will not do. */
  private void requireName() {
    if (host.matches("[\\d.]+") || host.contains(":"))
      throw FailureException.refused(
          Problem.FORBIDDEN,
          "Passkeys need a name in PUBLIC_BASE_URL, such as localhost, not an address.");
  }

  private static byte[] bytes(Fields fields, String name) {
    String text = fields.requiredText(name, BINARY);
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      if (!fields.isWrong(name)) fields.wrong(name, "malformed", "Send bytes in base64url.");
      return new byte[0];
    }
  }

  private String address(RoutingContext ctx) {
    return HexFormat.of().formatHex(clientAddress.rangeOf(ctx));
  }
}
