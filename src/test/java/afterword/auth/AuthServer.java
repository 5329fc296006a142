package afterword.auth;

import afterword.TestClock;
import afterword.audit.AuditStore;
import afterword.config.Config;
import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.http.ClientAddress;
import afterword.http.Problems;
import afterword.keys.Keys;
import afterword.outbound.Names;
import afterword.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The room behind HTTP: the session's routes and one route for each kind of guard. */
final class AuthServer implements AutoCloseable {
  static final String ORIGIN = "http://localhost:8080";
  static final String COOKIE = "afterword-8080";
  static final String PASSWORD = "correct horse battery";

  final TestDatabase test;
  final TestClock clock = new TestClock();
  final Auth auth;
  final Keys keys;
  private final Vertx vertx = Vertx.vertx();
  private final Database database;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  AuthServer() {
    this(TestDatabase.fresh(), ORIGIN);
  }

  AuthServer(TestDatabase test, String publicBaseUrl, String... flags) {
    this(test, test.config(with("--public-base-url=" + publicBaseUrl, flags)));
  }

  AuthServer(TestDatabase test, Config config) {
    this.test = test;
    String publicBaseUrl = config.publicBaseUrl();
    database = TestDatabase.open(vertx, config);
    keys = new Keys(config.secret());
    auth =
        new Auth(
            vertx,
            config,
            database,
            keys,
            new AuditStore(),
            new ClientAddress(config.trustedProxies()),
            new Outbound(vertx, Names.ofMachine(vertx), config.outboundHosts()),
            clock,
            new SecureRandom());
    server =
        done(vertx.createHttpServer().requestHandler(router(publicBaseUrl)).listen(0, "127.0.0.1"));
  }

  private static String[] with(String first, String... others) {
    return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
  }

  private Router router(String publicBaseUrl) {
    Router router = Router.router(vertx);
    router.route().failureHandler(new Problems(publicBaseUrl));
    router.route().handler(BodyHandler.create(false).setBodyLimit(16 * 1024));
    Guard guard = auth.guard();
    router.post("/session").handler(auth.sessionApi()::signIn);
    router.get("/session").handler(guard.authenticated()).handler(auth.sessionApi()::show);
    router.delete("/session").handler(guard.signedIn()).handler(auth.sessionApi()::signOut);
    AccountApi account = auth.accountApi();
    PasskeyApi passkeys = auth.passkeyApi();
    router.post("/session/passkey/challenge").handler(passkeys::beginSignIn);
    router.post("/session/passkey").handler(passkeys::signIn);
    router.get("/passkeys").handler(guard.signedIn()).handler(passkeys::list);
    router.post("/passkeys/challenge").handler(guard.signedIn()).handler(passkeys::beginAdding);
    router.post("/passkeys").handler(guard.signedIn()).handler(passkeys::add);
    router.patch("/passkeys/:id").handler(guard.signedIn()).handler(passkeys::rename);
    router.delete("/passkeys/:id").handler(guard.signedIn()).handler(passkeys::remove);
    ProviderApi provider = auth.providerApi();
    router.get("/sign-in").handler(provider::ways);
    router.get("/oidc/start").handler(provider::start);
    router.get("/oidc/callback").handler(provider::callback);
    router.get("/sessions").handler(guard.signedIn()).handler(account::sessions);
    router.delete("/sessions/:id").handler(guard.signedIn()).handler(account::endSession);
    router.put("/password").handler(guard.signedIn()).handler(account::changePassword);
    router.get("/totp").handler(guard.signedIn()).handler(account::showTotp);
    router.post("/totp").handler(guard.signedIn()).handler(account::beginTotp);
    router.put("/totp").handler(guard.signedIn()).handler(account::confirmTotp);
    router.delete("/totp").handler(guard.signedIn()).handler(account::removeTotp);
    TokenApi tokens = auth.tokenApi();
    router.get("/tokens").handler(guard.signedIn()).handler(tokens::list);
    router.post("/tokens").handler(guard.signedIn()).handler(tokens::add);
    router.delete("/tokens/:id").handler(guard.signedIn()).handler(tokens::revoke);
    InvitationApi invitations = auth.invitationApi();
    router.post("/invitations/preview").handler(invitations::preview);
    router.post("/invitations/accept").handler(invitations::accept);
    router.get("/invitations").handler(guard.signedIn()).handler(invitations::list);
    router.post("/invitations").handler(guard.signedIn()).handler(invitations::make);
    router.delete("/invitations/:id").handler(guard.signedIn()).handler(invitations::withdraw);
    for (Scope scope : Scope.values()) {
      router
          .route("/" + scope.word())
          .handler(guard.may(scope))
          .handler(ctx -> ctx.end(Guard.moderator(ctx).name()));
    }
    router
        .route("/people")
        .handler(guard.signedIn())
        .handler(ctx -> ctx.end(Guard.moderator(ctx).name()));
    return router;
  }

  /** A session as the browser holds it. */
  record Session(String cookie, String csrf) {
    String[] headers(String... more) {
      var headers = new java.util.ArrayList<>(List.of("Cookie", cookie, "X-CSRF-Token", csrf));
      headers.addAll(List.of(more));
      return headers.toArray(String[]::new);
    }
  }

  /** A call of somebody signed in; body may be null. */
  HttpResponse<String> call(Session session, String method, String path, JsonObject body) {
    return send(method, path, body == null ? null : body.encode(), session.headers());
  }

  Session signIn(String email) {
    var answer = post("/session", credentials(email, PASSWORD));
    if (answer.statusCode() != 200)
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    return new Session(cookie, new JsonObject(answer.body()).getString("csrf"));
  }

  void moderator(String email, Map<String, Role> siteToRole) {
    done(auth.moderators().add("command", email, "Anna", Optional.of(PASSWORD), siteToRole, false));
  }

  void site(String key) {
    test.run("insert into site (key, name, origins) values ('%s', '%s', '{}')".formatted(key, key));
  }

  static String credentials(String email, String password) {
    return new JsonObject().put("email", email).put("password", password).encode();
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  /** Headers are name, value, name, value. */
  HttpResponse<String> send(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) request.header("Content-Type", "application/json");
    if (headers.length > 0) request.headers(headers);
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  static <T> T done(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 30 s", late);
    }
  }

  @Override
  public void close() {
    done(database.close());
    done(vertx.close());
  }
}
