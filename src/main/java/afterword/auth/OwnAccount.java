package afterword.auth;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.model.FailureException;
import afterword.model.FieldError;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What moderators change about themselves, each time proven by the present password. */
final class OwnAccount {
  private final Database database;
  private final ModeratorStore moderators;
  private final Sessions sessions;
  private final SecondFactor secondFactor;
  private final Passwords passwords;
  private final AuditStore audit;
  private final Clock clock;

  OwnAccount(
      Database database,
      ModeratorStore moderators,
      Sessions sessions,
      SecondFactor secondFactor,
      Passwords passwords,
      AuditStore audit,
      Clock clock) {
    this.database = database;
    this.moderators = moderators;
    this.sessions = sessions;
    this.secondFactor = secondFactor;
    this.passwords = passwords;
    this.audit = audit;
    this.clock = clock;
  }

  /** Ends every other session of the moderator. */
  Future<Void> changePassword(Moderator moderator, String session, String present, String next) {
    Optional<FieldError> wrong = PasswordPolicy.check("/next", next, moderator.email());
    if (wrong.isPresent())
      return Future.failedFuture(FailureException.invalid(List.of(wrong.get())));
    return requirePassword(moderator, "/present", present)
        .compose(right -> passwords.hash(next))
        .compose(
            hash ->
                database.write(
                    tx ->
                        moderators
                            .setPassword(tx, moderator.id(), hash)
                            .compose(set -> sessions.endOthers(tx, moderator.id(), session))
                            .compose(
                                ended ->
                                    audit.append(
                                        tx,
                                        new AuditEntry(
                                            0,
                                            clock.instant(),
                                            moderator.actor(),
                                            "password-set",
                                            moderator.actor())))));
  }

  Future<Void> removeSecondFactor(Moderator moderator, String password) {
    return requirePassword(moderator, "/password", password)
        .compose(right -> secondFactor.remove(moderator.actor(), moderator.id()));
  }

  /**
   * Fails at the pointer where it is not the moderator's password, or there is none: who comes by
   * an identity provider is known there alone.
   */
  Future<Void> requirePassword(Moderator moderator, String pointer, String password) {
    return database
        .readCurrent(client -> moderators.account(client, moderator.email()))
        .compose(
            account ->
                passwords.matches(password, account.flatMap(ModeratorStore.Account::passwordHash)))
        .compose(
            right ->
                right
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        FailureException.invalid(
                            List.of(new FieldError(pointer, "wrong", "That password is wrong.")))));
  }
}
