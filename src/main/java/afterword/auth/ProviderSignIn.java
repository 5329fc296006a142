package afterword.auth;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.keys.Keys;
import afterword.keys.Sealing;
import afterword.model.Limits;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whom the identity provider knows, with the roles that their groups give, and asks it
 * again while a session lasts.
 */
final class ProviderSignIn {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);
  static final Duration ASKED_AGAIN = Duration.ofMinutes(5);
  private static final String ACTOR = "provider";

  private final Database database;
  private final Provider provider;
  private final GroupRoles groupRoles;
  private final IdentityStore identities;
  private final ModeratorStore moderators;
  private final SessionStore sessionStore;
  private final Sessions sessions;
  private final AuditStore audit;
  private final Sealing sealing;
  private final Clock clock;

  ProviderSignIn(
      Database database,
      Provider provider,
      GroupRoles groupRoles,
      ModeratorStore moderators,
      SessionStore sessionStore,
      Sessions sessions,
      AuditStore audit,
      Keys keys,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.provider = provider;
    this.groupRoles = groupRoles;
    this.identities = new IdentityStore();
    this.moderators = moderators;
    this.sessionStore = sessionStore;
    this.sessions = sessions;
    this.audit = audit;
    this.sealing = new Sealing(keys, random);
    this.clock = clock;
  }

  /** A new session's token; empty where this person has no business here, or no longer. */
  Future<Optional<String>> signIn(Provider.Person person, Sessions.Visit visit) {
    return database.write(
        tx ->
            account(tx, person)
                .compose(
                    account ->
                        account
                            .map(moderator -> begin(tx, moderator, person, visit))
                            .orElseGet(() -> Future.succeededFuture(Optional.empty()))));
  }

  /** Empty for who is new and whose groups give nothing, is disabled, or cannot be told apart. */
  private Future<Optional<Long>> account(SqlConnection tx, Provider.Person person) {
    return identities
        .find(tx, provider.issuer(), person.subject())
        .compose(
            known ->
                known.isPresent()
                    ? Future.succeededFuture(
                        known
                            .filter(IdentityStore.Known::enabled)
                            .map(IdentityStore.Known::moderator))
                    : person.email().isEmpty() || groupRoles.of(person.groups()).isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : linked(tx, person, person.email().get()));
  }

  /**
   * The account with this address, which the provider has verified, or a new one. An operator's is
   * not handed out by its address.
   */
  private Future<Optional<Long>> linked(SqlConnection tx, Provider.Person person, String email) {
    return moderators
        .account(tx, email)
        .compose(
            there -> {
              if (there.isEmpty()) return added(tx, person, email);
              boolean free = there.get().enabled() && !there.get().operator();
              return Future.succeededFuture(
                  there.filter(account -> free).map(ModeratorStore.Account::id));
            })
        .compose(
            account ->
                account
                    .map(
                        id ->
                            identities
                                .add(tx, provider.issuer(), person.subject(), id, clock.instant())
                                .compose(added -> note(tx, 0, "identity-linked", id, null))
                                .map(account))
                    .orElseGet(() -> Future.succeededFuture(account)));
  }

  private Future<Optional<Long>> added(SqlConnection tx, Provider.Person person, String email) {
    String name = person.name().orElse(email);
    String shown =
        name.substring(
            0,
            name.offsetByCodePoints(
                0, Math.min(Limits.NAME, name.codePointCount(0, name.length()))));
    if (!Moderators.wrong(email, shown, Optional.empty()).isEmpty())
      return Future.succeededFuture(Optional.empty());
    return moderators
        .add(tx, email, shown, null, false, clock.instant())
        .compose(
            id ->
                id.map(added -> note(tx, 0, "moderator-added", added, null).map(id))
                    .orElseGet(() -> Future.succeededFuture(id)));
  }

  private Future<Optional<String>> begin(
      SqlConnection tx, long moderator, Provider.Person person, Sessions.Visit visit) {
    return rolesOf(tx, moderator, person)
        .compose(changed -> moderators.sites(tx, moderator))
        .compose(
            roles ->
                roles.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : sessions
                        .begin(tx, moderator, visit, "provider")
                        .compose(
                            token ->
                                keep(tx, sessions.hash(token), person.refreshToken())
                                    .map(Optional.of(token))));
  }

  /** Makes the roles those that the groups give; a change ends the person's sessions. */
  private Future<Boolean> rolesOf(SqlConnection tx, long moderator, Provider.Person person) {
    Map<String, Role> wanted = groupRoles.of(person.groups());
    Future<Boolean> changed = Future.succeededFuture(false);
    for (String site : groupRoles.sites()) {
      Optional<Role> role = Optional.ofNullable(wanted.get(site));
      changed =
          changed.compose(before -> role(tx, moderator, site, role).map(now -> before || now));
    }
    return changed.compose(
        any -> any ? sessionStore.endAll(tx, moderator).map(true) : Future.succeededFuture(false));
  }

  private Future<Boolean> role(
      SqlConnection tx, long moderator, String key, Optional<Role> wanted) {
    return moderators
        .site(tx, key)
        .compose(
            found -> {
              if (found.isEmpty()) {
                LOG.warn("AFTERWORD_OIDC_ROLES names the site {}, which is not there", key);
                return Future.succeededFuture(false);
              }
              int site = found.get();
              return moderators
                  .role(tx, site, moderator)
                  .compose(
                      has ->
                          has.equals(wanted)
                              ? Future.succeededFuture(false)
                              : set(tx, site, moderator, wanted).map(true));
            });
  }

  private Future<Void> set(SqlConnection tx, int site, long moderator, Optional<Role> wanted) {
    return wanted
        .map(
            role ->
                moderators
                    .setRole(tx, site, moderator, role)
                    .compose(done -> note(tx, site, "role-set", moderator, role.word())))
        .orElseGet(
            () ->
                moderators
                    .removeRole(tx, site, moderator)
                    .compose(done -> note(tx, site, "role-removed", moderator, null)));
  }

  private Future<Void> keep(SqlConnection tx, byte[] session, Optional<String> refreshToken) {
    return refreshToken
        .map(
            token ->
                identities.keep(
                    tx,
                    session,
                    sealing.seal("refresh token", token.getBytes(StandardCharsets.UTF_8)),
                    clock.instant()))
        .orElseGet(Future::succeededFuture);
  }

  /** Asks about the sessions whose turn it is; each is asked about by one process. */
  Future<Void> askAgain() {
    var now = clock.instant();
    return database
        .write(tx -> identities.claim(tx, now, now.minus(ASKED_AGAIN)))
        .compose(
            due -> {
              Future<Void> all = Future.succeededFuture();
              for (IdentityStore.Due one : due) all = all.compose(before -> ask(one));
              return all;
            });
  }

  private Future<Void> ask(IdentityStore.Due due) {
    Optional<String> token =
        sealing
            .open("refresh token", due.sealedRefreshToken())
            .map(open -> new String(open, StandardCharsets.UTF_8));
    if (token.isEmpty()) return end(due);
    return provider
        .again(token.get())
        .compose(person -> follow(due, person, person.refreshToken().or(() -> token)))
        .recover(
            cause -> {
              if (cause instanceof Provider.RefusedException) return end(due);
              LOG.warn("The identity provider could not be asked again: {}", cause.toString());
              return Future.succeededFuture();
            });
  }

  /**
   * @param refreshToken the new one, or where there is none the one that was sent, which stays good
   *     (RFC 6749, 6): either is sealed under the newest secret
   */
  private Future<Void> follow(
      IdentityStore.Due due, Provider.Person person, Optional<String> refreshToken) {
    return database.write(
        tx ->
            identities
                .find(tx, provider.issuer(), person.subject())
                .compose(
                    known -> {
                      if (known.filter(one -> one.moderator() == due.moderator()).isEmpty())
                        throw new Provider.RefusedException("this is somebody else");
                      return rolesOf(tx, due.moderator(), person);
                    })
                .compose(
                    changed ->
                        changed
                            ? Future.succeededFuture()
                            : keep(tx, due.session(), refreshToken)));
  }

  private Future<Void> end(IdentityStore.Due due) {
    return database.write(
        tx ->
            sessionStore
                .end(tx, due.session())
                .compose(ended -> note(tx, 0, "session-ended", due.moderator(), null)));
  }

  private Future<Void> note(
      SqlConnection tx, int site, String action, long moderator, String reason) {
    return audit.append(
        tx,
        new AuditEntry(site, clock.instant(), ACTOR, action, "moderator:" + moderator)
            .because(reason));
  }
}
