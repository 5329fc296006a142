package afterword.auth;

import afterword.audit.AuditStore;
import afterword.config.Config;
import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.keys.Keys;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;

/** The room put together: one per process. */
public final class Auth {
  private final Guard guard;
  private final SessionApi sessionApi;
  private final Moderators moderators;

  public Auth(
      Vertx vertx,
      Config config,
      Database database,
      Keys keys,
      AuditStore audit,
      ClientAddress clientAddress,
      Clock clock,
      SecureRandom random) {
    var moderatorStore = new ModeratorStore();
    var sessionStore = new SessionStore();
    var passwords = new Passwords(vertx, random);
    var cookie = new SessionCookie(config.publicBaseUrl());
    var sameOrigin = new SameOrigin(config.publicBaseUrl());
    var tokens = new AccessTokens(database, new TokenStore(), audit, keys, clock, random);
    var sessions =
        new Sessions(database, moderatorStore, sessionStore, audit, passwords, keys, clock, random);
    this.guard = new Guard(sessions, tokens, cookie, sameOrigin);
    this.sessionApi =
        new SessionApi(
            database,
            moderatorStore,
            sessions,
            cookie,
            sameOrigin,
            new SignInThrottle(clock),
            clientAddress);
    this.moderators =
        new Moderators(
            database, moderatorStore, sessionStore, tokens, audit, passwords, clock, random);
  }

  public Guard guard() {
    return guard;
  }

  public SessionApi sessionApi() {
    return sessionApi;
  }

  public Moderators moderators() {
    return moderators;
  }
}
