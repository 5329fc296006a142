package afterword.auth;

import afterword.audit.AuditStore;
import afterword.config.Config;
import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.keys.Keys;
import afterword.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The room put together: one per process. */
public final class Auth {
  private static final Logger LOG = LoggerFactory.getLogger(Auth.class);
  private static final long ASK_EVERY_MILLIS = 30_000;

  private final Guard guard;
  private final SessionApi sessionApi;
  private final AccountApi accountApi;
  private final TokenApi tokenApi;
  private final InvitationApi invitationApi;
  private final PasskeyApi passkeyApi;
  private final ProviderApi providerApi;
  private final Optional<ProviderSignIn> providerSignIn;
  private final Vertx vertx;
  private Long timer;
  private final Moderators moderators;

  public Auth(
      Vertx vertx,
      Config config,
      Database database,
      Keys keys,
      AuditStore audit,
      ClientAddress clientAddress,
      Outbound outbound,
      Clock clock,
      SecureRandom random) {
    this.vertx = vertx;
    var moderatorStore = new ModeratorStore();
    var sessionStore = new SessionStore();
    var passwords = new Passwords(vertx, random);
    var cookie = TokenCookie.ofSession(config.publicBaseUrl());
    var sameOrigin = new SameOrigin(config.publicBaseUrl());
    var tokens = new AccessTokens(database, new TokenStore(), audit, keys, clock, random);
    var secondFactor = new SecondFactor(database, new FactorStore(), audit, keys, clock, random);
    var sessions =
        new Sessions(
            database,
            moderatorStore,
            sessionStore,
            audit,
            passwords,
            secondFactor,
            keys,
            clock,
            random);
    var throttle = new SignInThrottle(clock);
    this.guard = new Guard(sessions, tokens, cookie, sameOrigin);
    this.sessionApi =
        new SessionApi(
            database, moderatorStore, sessions, cookie, sameOrigin, throttle, clientAddress);
    var account =
        new OwnAccount(database, moderatorStore, sessions, secondFactor, passwords, audit, clock);
    this.accountApi =
        new AccountApi(account, sessions, secondFactor, throttle, config.publicBaseUrl());
    this.tokenApi = new TokenApi(tokens);
    var verifier = new PasskeyVerifier(vertx, config.publicBaseUrl());
    var passkeys =
        new Passkeys(database, new PasskeyStore(), verifier, sessions, audit, keys, clock);
    var challenges = new Challenges(database, new ChallengeStore(), keys, clock, random);
    this.passkeyApi =
        new PasskeyApi(
            passkeys,
            challenges,
            account,
            sessionApi,
            TokenCookie.ofChallenge(config.publicBaseUrl()),
            sameOrigin,
            throttle,
            clientAddress,
            verifier.host());
    Optional<Provider> provider =
        config.oidcIssuer().map(issuer -> new Provider(vertx, outbound, clock, issuer, config));
    this.providerSignIn =
        provider.map(
            there ->
                new ProviderSignIn(
                    database,
                    there,
                    GroupRoles.of(config.oidcRoles()),
                    moderatorStore,
                    sessionStore,
                    sessions,
                    audit,
                    keys,
                    clock,
                    random));
    this.providerApi =
        new ProviderApi(
            provider,
            providerSignIn,
            config.oidcName(),
            challenges,
            sessionApi,
            throttle,
            clientAddress,
            config.publicBaseUrl());
    var invitations =
        new Invitations(
            database,
            new InvitationStore(),
            moderatorStore,
            passwords,
            secondFactor,
            audit,
            keys,
            clock,
            random);
    this.invitationApi =
        new InvitationApi(invitations, sameOrigin, throttle, clientAddress, config.publicBaseUrl());
    this.moderators =
        new Moderators(
            database,
            moderatorStore,
            sessionStore,
            tokens,
            audit,
            passwords,
            secondFactor,
            passkeys,
            clock,
            random);
  }

  public Guard guard() {
    return guard;
  }

  public SessionApi sessionApi() {
    return sessionApi;
  }

  public AccountApi accountApi() {
    return accountApi;
  }

  public TokenApi tokenApi() {
    return tokenApi;
  }

  public InvitationApi invitationApi() {
    return invitationApi;
  }

  public PasskeyApi passkeyApi() {
    return passkeyApi;
  }

  public ProviderApi providerApi() {
    return providerApi;
  }

  public void start() {
    if (providerSignIn.isPresent())
      timer =
          vertx.setPeriodic(
              ASK_EVERY_MILLIS,
              tick ->
                  askProviderAgain()
                      .onFailure(cause -> LOG.warn("sessions not asked about", cause)));
  }

  public void stop() {
    if (timer != null) vertx.cancelTimer(timer);
  }

  /** Whether those who came by the identity provider, and whose turn it is, still belong. */
  public Future<Void> askProviderAgain() {
    return providerSignIn.map(ProviderSignIn::askAgain).orElseGet(Future::succeededFuture);
  }

  public Moderators moderators() {
    return moderators;
  }
}
