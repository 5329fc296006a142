package afterword.auth;

import static afterword.auth.AuthServer.done;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.function.Function;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** An identity provider on a port of its own that says whatever a test wants it to say. */
public final class LocalProvider implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  final RsaJsonWebKey key = newKey("k1");
  Instant now = Instant.now();
  String nonce;
  String refreshToken;
  Function<JsonObject, String> idToken = this::signed;
  Function<JsonObject, JsonObject> configuration = Function.identity();
  public JsonObject userInfo =
      new JsonObject().put("sub", "u-1").put("groups", new JsonArray().add("staff"));

  public LocalProvider() {
    server = done(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
  }

  public String issuer() {
    return "http://localhost:" + server.actualPort();
  }

  /** "host:port", which the operator has to vouch for. */
  public String host() {
    return "localhost:" + server.actualPort();
  }

  /** What a good token says. */
  JsonObject claims() {
    return new JsonObject()
        .put("iss", issuer())
        .put("sub", "u-1")
        .put("aud", "afterword")
        .put("iat", now.getEpochSecond())
        .put("exp", now.getEpochSecond() + 300)
        .put("nonce", nonce)
        .put("email", "ada@blog.example")
        .put("email_verified", true)
        .put("name", "Ada");
  }

  String signed(JsonObject claims) {
    return signed(claims, key);
  }

  static String signed(JsonObject claims, RsaJsonWebKey key) {
    var token = new JsonWebSignature();
    token.setPayload(claims.encode());
    token.setKey(key.getPrivateKey());
    token.setKeyIdHeaderValue(key.getKeyId());
    token.setAlgorithmHeaderValue("RS256");
    try {
      return token.getCompactSerialization();
    } catch (JoseException failed) {
      throw new AssertionError(failed);
    }
  }

  static RsaJsonWebKey newKey(String id) {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(id);
      return key;
    } catch (JoseException failed) {
      throw new AssertionError(failed);
    }
  }

  private void answer(HttpServerRequest request) {
    if (request.path().equals("/authorize")) {
      sendBack(request);
      return;
    }
    JsonObject said =
        switch (request.path()) {
          case "/.well-known/openid-configuration" ->
              configuration.apply(
                  new JsonObject()
                      .put("issuer", issuer())
                      .put("authorization_endpoint", issuer() + "/authorize")
                      .put("token_endpoint", issuer() + "/token")
                      .put("userinfo_endpoint", issuer() + "/me")
                      .put("jwks_uri", issuer() + "/keys"));
          case "/keys" ->
              new JsonObject().put("keys", new JsonArray().add(new JsonObject(key.toJson())));
          case "/token" -> tokens();
          case "/me" -> userInfo;
          default -> new JsonObject();
        };
    request.response().putHeader("Content-Type", "application/json").end(said.encode());
  }

  private JsonObject tokens() {
    var tokens =
        new JsonObject()
            .put("token_type", "Bearer")
            .put("access_token", "a")
            .put("id_token", idToken.apply(claims()));
    return refreshToken == null ? tokens : tokens.put("refresh_token", refreshToken);
  }

  /** Asks nobody anything. */
  private void sendBack(HttpServerRequest request) {
    nonce = request.getParam("nonce");
    request
        .response()
        .setStatusCode(302)
        .putHeader(
            "Location",
            request.getParam("redirect_uri") + "?code=c&state=" + request.getParam("state"))
        .end();
  }

  @Override
  public void close() {
    done(vertx.close());
  }
}
