package afterword.auth;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.keys.Keys;
import afterword.keys.Sealing;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a moderator has besides the password: an authenticator app, and ten codes on paper for the
 * day it is lost. Set up, asked for at sign-in, taken away.
 */
final class SecondFactor {
  private static final int RECOVERY_CODES = 10;

  /** What an app needs to make codes. */
  record Setup(String secret, String uri) {}

  private final Database database;
  private final FactorStore factors;
  private final AuditStore audit;
  private final Keys keys;
  private final Sealing sealing;
  private final Clock clock;
  private final SecureRandom random;

  SecondFactor(
      Database database,
      FactorStore factors,
      AuditStore audit,
      Keys keys,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.factors = factors;
    this.audit = audit;
    this.keys = keys;
    this.sealing = new Sealing(keys, random);
    this.clock = clock;
    this.random = random;
  }

  /** Empty where there is none, or none that was confirmed. */
  Future<Optional<FactorStore.Factor>> find(long moderator) {
    return database
        .readCurrent(client -> factors.find(client, moderator))
        .map(found -> found.filter(FactorStore.Factor::confirmed));
  }

  /** A new secret; the factor is asked for once a code made with it was confirmed. */
  Future<Setup> begin(Moderator moderator, String installation) {
    byte[] secret = Totp.newSecret(random);
    byte[] sealed = sealing.seal(moderator.actor(), secret);
    return database
        .write(tx -> factors.begin(tx, moderator.id(), sealed, clock.instant()))
        .map(
            begun -> {
              if (!begun) throw conflict("There is a second factor already. Remove it first.");
              return new Setup(
                  Totp.spelled(secret), Totp.uri(secret, installation, moderator.email()));
            });
  }

  /** The recovery codes, to be shown once. */
  Future<List<String>> confirm(Moderator moderator, String code) {
    List<String> recovery =
        Stream.generate(() -> RecoveryCode.generate(random)).limit(RECOVERY_CODES).toList();
    return database.write(
        tx ->
            factors
                .lock(tx, moderator.id())
                .compose(
                    found -> {
                      var factor = found.orElseThrow(SecondFactor::notBegun);
                      if (factor.confirmed())
                        throw conflict("There is a second factor already. Remove it first.");
                      return takeCode(tx, moderator.id(), factor, code);
                    })
                .compose(taken -> taken ? Future.succeededFuture() : Future.failedFuture(wrong()))
                .compose(
                    taken ->
                        factors.addRecoveryCodes(
                            tx,
                            moderator.id(),
                            recovery.stream()
                                .map(one -> RecoveryCode.hash(moderator.id(), one))
                                .toList()))
                .compose(added -> note(tx, moderator.id(), moderator.actor(), "totp-added"))
                .map(recovery));
  }

  /** The caller has made sure that it is the moderator who asks. */
  Future<Void> remove(String actor, long moderator) {
    return database.write(tx -> remove(tx, actor, moderator)).mapEmpty();
  }

  /** Whether there was one. */
  Future<Boolean> remove(SqlConnection tx, String actor, long moderator) {
    return factors
        .remove(tx, moderator)
        .compose(
            removed ->
                removed
                    ? note(tx, moderator, actor, "totp-removed").map(true)
                    : Future.succeededFuture(false));
  }

  /**
   * Succeeds where the account has no second factor, or the code is one of the app or of paper that
   * was not taken before; it is taken now.
   */
  Future<Void> require(SqlConnection tx, long moderator, Optional<String> code) {
    return factors
        .lock(tx, moderator)
        .compose(
            found -> {
              if (found.filter(FactorStore.Factor::confirmed).isEmpty())
                return Future.succeededFuture(true);
              if (code.isEmpty())
                return Future.failedFuture(missing("Enter the code of your app."));
              return takeCode(tx, moderator, found.get(), code.get());
            })
        .compose(
            taken ->
                taken
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        missing("That code is wrong or was used already. Enter the next one.")));
  }

  private Future<Boolean> takeCode(
      SqlConnection tx, long moderator, FactorStore.Factor factor, String typed) {
    String code = RecoveryCode.bare(typed);
    String name = "moderator:" + moderator;
    Optional<byte[]> secret = sealing.open(name, factor.sealedSecret());
    Optional<Long> step =
        secret.flatMap(open -> Totp.step(open, code, clock.instant(), factor.lastStep()));
    if (step.isEmpty())
      return factors.takeRecoveryCode(tx, moderator, RecoveryCode.hashes(keys, moderator, code));
    Future<Void> sealed =
        sealing.isFormer(name, factor.sealedSecret())
            ? factors.sealAnew(tx, moderator, sealing.seal(name, secret.orElseThrow()))
            : Future.succeededFuture();
    return sealed
        .compose(anew -> factors.takeStep(tx, moderator, step.get(), clock.instant()))
        .map(true);
  }

  private Future<Void> note(SqlConnection tx, long moderator, String actor, String action) {
    return audit.append(
        tx, new AuditEntry(0, clock.instant(), actor, action, "moderator:" + moderator));
  }

  private static FailureException wrong() {
    return FailureException.invalid(
        List.of(
            new FieldError(
                "/code", "wrong", "That code is not right. Is the clock of your device?")));
  }

  private static FailureException missing(String detail) {
    return new FailureException(new Failure.Unauthenticated(Problem.CODE_REQUIRED, detail));
  }

  private static FailureException notBegun() {
    return conflict("Begin with a new secret first.");
  }

  private static FailureException conflict(String detail) {
    return new FailureException(new Failure.Conflict(Problem.CONFLICT, detail));
  }
}
