package afterword.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import afterword.config.Config;
import afterword.outbound.Answer;
import afterword.outbound.Call;
import afterword.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The identity provider that the operator named (OpenID Connect, code flow with PKCE). Its
 * configuration and keys are asked for anew each time: sign-ins are rare, and a key that was
 * changed is known at once.
 */
final class Provider {
  /** What it says of somebody, verified. */
  record Person(
      String subject,
      Optional<String> email,
      Optional<String> name,
      Set<String> groups,
      Optional<String> refreshToken) {}

  /** Where to send the browser, and what has to come back. */
  record Request(String state, String nonce, String verifier, String redirect) {}

  /** It refused, or what it said was not to be believed; the person has to sign in anew. */
  static final class RefusedException extends RuntimeException {
    RefusedException(String why) {
      super(why, null, false, false);
    }
  }

  private final Vertx vertx;
  private final Outbound outbound;
  private final Clock clock;
  private final String issuer;
  private final String clientId;
  private final Optional<String> clientSecret;
  private final String scopes;
  private final String groupsClaim;

  Provider(Vertx vertx, Outbound outbound, Clock clock, String issuer, Config config) {
    this.vertx = vertx;
    this.outbound = outbound;
    this.clock = clock;
    this.issuer = issuer;
    this.clientId = config.oidcClientId();
    this.clientSecret = config.oidcClientSecret();
    this.scopes = config.oidcScopes();
    this.groupsClaim = config.oidcGroupsClaim();
  }

  String issuer() {
    return issuer;
  }

  /** The address where the person signs in. */
  Future<String> authorization(Request request) {
    return configuration()
        .map(
            configuration -> {
              String address = endpoint(configuration, "authorization_endpoint");
              var query = new LinkedHashMap<String, String>();
              query.put("response_type", "code");
              query.put("client_id", clientId);
              query.put("redirect_uri", request.redirect);
              query.put("scope", scopes);
              query.put("state", request.state);
              query.put("nonce", request.nonce);
              query.put("code_challenge", Pkce.challenge(request.verifier));
              query.put("code_challenge_method", "S256");
              return address + (address.contains("?") ? "&" : "?") + form(query);
            });
  }

  /** Who it is that comes back with the code. */
  Future<Person> person(String code, Request request) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("grant_type", "authorization_code");
    parameters.put("code", code);
    parameters.put("redirect_uri", request.redirect);
    parameters.put("code_verifier", request.verifier);
    return asked(parameters, Optional.of(request.nonce));
  }

  /** The same later on, without the person. */
  Future<Person> again(String refreshToken) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("grant_type", "refresh_token");
    parameters.put("refresh_token", refreshToken);
    return asked(parameters, Optional.empty());
  }

  private Future<Person> asked(Map<String, String> parameters, Optional<String> nonce) {
    return configuration()
        .compose(
            configuration ->
                tokens(configuration, parameters)
                    .compose(
                        tokens ->
                            claims(configuration, tokens, nonce)
                                .map(claims -> person(claims, text(tokens, "refresh_token")))));
  }

  private Future<JsonObject> configuration() {
    String address = issuer.replaceAll("/$", "") + "/.well-known/openid-configuration";
    return outbound
        .send(Call.get(address))
        .map(Provider::json)
        .map(
            configuration -> {
              if (!issuer.equals(configuration.getValue("issuer")))
                throw new RefusedException("the configuration is of another issuer");
              return configuration;
            });
  }

  private Future<JsonObject> tokens(JsonObject configuration, Map<String, String> parameters) {
    var sent = new LinkedHashMap<>(parameters);
    boolean inHeader = clientSecret.isPresent() && takesHeader(configuration);
    if (!inHeader) {
      sent.put("client_id", clientId);
      clientSecret.ifPresent(secret -> sent.put("client_secret", secret));
    }
    Call call =
        Call.post(
            endpoint(configuration, "token_endpoint"),
            "application/x-www-form-urlencoded",
            Buffer.buffer(form(sent)));
    return outbound.send(inHeader ? call.with("Authorization", basic()) : call).map(Provider::json);
  }

  /** What is in use where a provider does not say (OpenID Connect Discovery, 3). */
  private static boolean takesHeader(JsonObject configuration) {
    return !(configuration.getValue("token_endpoint_auth_methods_supported") instanceof JsonArray m)
        || m.contains("client_secret_basic");
  }

  private String basic() {
    String pair = encoded(clientId) + ":" + encoded(clientSecret.orElseThrow());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  /** Of the ID token, and of the user's info where that says more. */
  private Future<JsonObject> claims(
      JsonObject configuration, JsonObject tokens, Optional<String> nonce) {
    Future<JsonObject> signed =
        text(tokens, "id_token")
            .map(token -> verified(configuration, token, nonce))
            .orElseGet(() -> Future.succeededFuture(new JsonObject()));
    return signed.compose(
        claims -> {
          // Only a refresh may come without: there the access token stands for the person.
          if (claims.isEmpty() && nonce.isPresent())
            return Future.failedFuture(new RefusedException("there is no ID token"));
          boolean complete = claims.containsKey(groupsClaim) && claims.containsKey("email");
          return complete
              ? Future.succeededFuture(claims)
              : userInfo(configuration, tokens).map(info -> merged(claims, info));
        });
  }

  private Future<JsonObject> verified(
      JsonObject configuration, String token, Optional<String> nonce) {
    var expected = new IdToken.Expected(issuer, clientId, nonce);
    return outbound
        .send(Call.get(endpoint(configuration, "jwks_uri")))
        .map(Provider::json)
        .compose(
            keys ->
                vertx.executeBlocking(
                    () -> IdToken.claims(token, keys.encode(), expected, clock.instant()), false))
        .map(
            claims ->
                new JsonObject(
                    claims.orElseThrow(() -> new RefusedException("the ID token is not good"))));
  }

  private Future<JsonObject> userInfo(JsonObject configuration, JsonObject tokens) {
    Optional<String> access = text(tokens, "access_token");
    if (access.isEmpty() || text(configuration, "userinfo_endpoint").isEmpty())
      return Future.succeededFuture(new JsonObject());
    Call call = Call.get(endpoint(configuration, "userinfo_endpoint"));
    return outbound.send(call.with("Authorization", "Bearer " + access.get())).map(Provider::json);
  }

  /** The signed ones count; both must be about the same person. */
  private static JsonObject merged(JsonObject signed, JsonObject info) {
    if (!signed.isEmpty()
        && !info.isEmpty()
        && !signed.getValue("sub").equals(info.getValue("sub")))
      throw new RefusedException("the user's info is about somebody else");
    return info.copy().mergeIn(signed);
  }

  private Person person(JsonObject claims, Optional<String> refreshToken) {
    String subject =
        text(claims, "sub").orElseThrow(() -> new RefusedException("it does not say who it is"));
    boolean verified = Boolean.TRUE.equals(claims.getValue("email_verified"));
    return new Person(
        subject,
        text(claims, "email").filter(email -> verified),
        text(claims, "name").or(() -> text(claims, "preferred_username")),
        groups(claims.getValue(groupsClaim)),
        refreshToken);
  }

  private static Set<String> groups(Object claim) {
    var groups = new HashSet<String>();
    if (claim instanceof String one) groups.add(one);
    if (claim instanceof JsonArray several)
      for (Object one : several) if (one instanceof String group) groups.add(group);
    return groups;
  }

  private static JsonObject json(Answer answer) {
    // A 5xx or 429 is about now, a refusal about the person.
    if (answer.status() >= 500 || answer.status() == 429)
      throw new IllegalStateException("the identity provider answers " + answer.status());
    if (!answer.isSuccess())
      throw new RefusedException("the identity provider answers " + answer.status());
    try {
      return answer.body().toJsonObject();
    } catch (DecodeException | ClassCastException notJson) {
      throw new RefusedException("the identity provider does not answer in JSON");
    }
  }

  private static String endpoint(JsonObject configuration, String name) {
    return text(configuration, name)
        .orElseThrow(() -> new RefusedException("the configuration lacks " + name));
  }

  private static Optional<String> text(JsonObject object, String name) {
    return object.getValue(name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
