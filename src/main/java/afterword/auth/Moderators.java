package afterword.auth;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Limits;
import afterword.model.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Adds moderators and changes what they may do. A change of either ends the person's sessions. */
public final class Moderators {
  /** Where a password was made rather than given, it is here, once. */
  public record Added(long id, Optional<String> generatedPassword) {}

  private final Database database;
  private final ModeratorStore moderators;
  private final SessionStore sessions;
  private final AccessTokens tokens;
  private final AuditStore audit;
  private final Passwords passwords;
  private final SecondFactor secondFactor;
  private final Passkeys passkeys;
  private final Clock clock;
  private final SecureRandom random;

  Moderators(
      Database database,
      ModeratorStore moderators,
      SessionStore sessions,
      AccessTokens tokens,
      AuditStore audit,
      Passwords passwords,
      SecondFactor secondFactor,
      Passkeys passkeys,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.moderators = moderators;
    this.sessions = sessions;
    this.tokens = tokens;
    this.audit = audit;
    this.passwords = passwords;
    this.secondFactor = secondFactor;
    this.passkeys = passkeys;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Fails where something is wrong with the fields, a site is not there, or the address is taken.
   *
   * @param actor who adds, as the audit log names them: "command", "moderator:7"
   */
  public Future<Added> add(
      String actor,
      String email,
      String name,
      Optional<String> password,
      Map<String, Role> siteToRole,
      boolean operator) {
    List<FieldError> errors = wrong(email, name, password);
    if (!errors.isEmpty()) return Future.failedFuture(FailureException.invalid(errors));
    Optional<String> generated =
        password.isEmpty() ? Optional.of(PasswordPolicy.generate(random)) : Optional.empty();
    return passwords
        .hash(password.or(() -> generated).orElseThrow())
        .compose(
            hash ->
                database.write(
                    tx ->
                        moderators
                            .add(tx, email, name, hash, operator, clock.instant())
                            .compose(
                                added ->
                                    added
                                        .map(Future::succeededFuture)
                                        .orElseGet(() -> taken(email)))
                            .compose(id -> note(tx, 0, actor, "moderator-added", id, null).map(id))
                            .compose(id -> setRoles(tx, actor, id, siteToRole).map(id))))
        .map(id -> new Added(id, generated));
  }

  /** To the operator who has just added it: a site that nobody owns could not be set up. */
  public Future<Void> ownNewSite(Moderator operator, int site) {
    return database.write(
        tx ->
            moderators
                .setRole(tx, site, operator.id(), Role.OWNER)
                .compose(
                    set -> note(tx, site, operator.actor(), "role-set", operator.id(), "owner")));
  }

  /** Who has which role on a site. */
  public Future<List<Member>> members(int site) {
    return database.readCurrent(client -> moderators.members(client, site));
  }

  /** Gives a role on a site, in place of the one held. */
  public Future<Void> setRole(String actor, String email, String siteKey, Role role) {
    return change(email, (tx, id) -> setRoles(tx, actor, id, Map.of(siteKey, role)));
  }

  public Future<Void> removeRole(String actor, String email, String siteKey) {
    return change(
        email,
        (tx, id) ->
            site(tx, siteKey)
                .compose(
                    site ->
                        moderators
                            .removeRole(tx, site, id)
                            .compose(done -> note(tx, site, actor, "role-removed", id, null))));
  }

  /** Sets a new password; makes one where none is given, and then returns it. */
  public Future<Optional<String>> setPassword(
      String actor, String email, Optional<String> password) {
    List<FieldError> errors =
        password.flatMap(p -> PasswordPolicy.check("/password", p, email)).stream().toList();
    if (!errors.isEmpty()) return Future.failedFuture(FailureException.invalid(errors));
    Optional<String> generated =
        password.isEmpty() ? Optional.of(PasswordPolicy.generate(random)) : Optional.empty();
    return passwords
        .hash(password.or(() -> generated).orElseThrow())
        .compose(
            hash ->
                change(
                    email,
                    (tx, id) ->
                        moderators
                            .setPassword(tx, id, hash)
                            .compose(done -> note(tx, 0, actor, "password-set", id, null))))
        .map(generated);
  }

  /** For somebody who lost the device and the paper: nothing but the password is left. */
  public Future<Void> removeSecondFactor(String actor, String email) {
    return change(
        email,
        (tx, id) ->
            secondFactor.remove(tx, actor, id).compose(gone -> passkeys.removeAll(tx, actor, id)));
  }

  /** From now on neither password nor session nor access token of this person is taken. */
  public Future<Void> disable(String actor, String email) {
    return change(
        email,
        (tx, id) ->
            moderators
                .setDisabled(tx, id, clock.instant())
                .compose(done -> note(tx, 0, actor, "moderator-disabled", id, null)));
  }

  public Future<Void> enable(String actor, String email) {
    return change(
        email,
        (tx, id) ->
            moderators
                .setDisabled(tx, id, null)
                .compose(done -> note(tx, 0, actor, "moderator-enabled", id, null)));
  }

  public Future<Boolean> exists(String email) {
    return database
        .readCurrent(client -> moderators.account(client, email))
        .map(Optional::isPresent);
  }

  /**
   * A token for scripts with this person's rights within the scopes; without a lifetime it lasts
   * for ever.
   */
  public Future<String> issueToken(
      String email, String name, Set<Scope> scopes, Optional<Duration> lifetime) {
    return database
        .readCurrent(client -> moderators.account(client, email))
        .compose(account -> account.map(Future::succeededFuture).orElseGet(() -> unknown(email)))
        .compose(account -> tokens.issue(account.id(), name, scopes, lifetime));
  }

  private Future<Void> change(String email, BiFunction<SqlConnection, Long, Future<Void>> change) {
    return database.write(
        tx ->
            moderators
                .account(tx, email)
                .compose(
                    account -> account.map(Future::succeededFuture).orElseGet(() -> unknown(email)))
                .compose(
                    account ->
                        change
                            .apply(tx, account.id())
                            .compose(done -> sessions.endAll(tx, account.id()))));
  }

  private Future<Void> setRoles(
      SqlConnection tx, String actor, long id, Map<String, Role> siteToRole) {
    Future<Void> all = Future.succeededFuture();
    for (Map.Entry<String, Role> entry : siteToRole.entrySet()) {
      Role role = entry.getValue();
      all =
          all.compose(before -> site(tx, entry.getKey()))
              .compose(
                  site ->
                      moderators
                          .setRole(tx, site, id, role)
                          .compose(set -> note(tx, site, actor, "role-set", id, role.word())));
    }
    return all;
  }

  private Future<Integer> site(SqlConnection tx, String key) {
    return moderators
        .site(tx, key)
        .compose(
            site ->
                site.map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                FailureException.notFound("There is no site \"" + key + "\"."))));
  }

  private Future<Void> note(
      SqlConnection tx, int site, String actor, String action, long id, String reason) {
    return audit.append(
        tx,
        new AuditEntry(site, clock.instant(), actor, action, "moderator:" + id).because(reason));
  }

  /** What is wrong with what a new account would be. */
  static List<FieldError> wrong(String email, String name, Optional<String> password) {
    var errors = new ArrayList<FieldError>();
    if (email.length() > Limits.EMAIL || !email.matches("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+")) {
      errors.add(
          new FieldError(
              "/email", "malformed", "Give an e-mail address such as anna@example.org."));
    }
    if (name.isBlank() || name.codePointCount(0, name.length()) > Limits.NAME) {
      errors.add(
          new FieldError(
              "/name", "required", "Give a name of at most " + Limits.NAME + " characters."));
    }
    password.flatMap(p -> PasswordPolicy.check("/password", p, email)).ifPresent(errors::add);
    return errors;
  }

  private static <T> Future<T> taken(String email) {
    return Future.failedFuture(
        new FailureException(
            new Failure.Conflict(
                Problem.CONFLICT, "There is a moderator with the address " + email + " already.")));
  }

  private static <T> Future<T> unknown(String email) {
    return Future.failedFuture(
        FailureException.notFound("There is no moderator with the address " + email + "."));
  }
}
