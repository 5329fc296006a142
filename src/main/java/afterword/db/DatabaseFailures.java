package afterword.db;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Tells "not now" from "never": a database that is away, full or too slow is worth another try. */
public final class DatabaseFailures {
  private static final String DETAIL =
      "The database is not reachable right now. Try again in a few seconds.";
  private static final long RETRY_SECONDS = 2;

  /**
   * SQLSTATE classes and codes: 08 connection, 53 resources, 57 operator intervention (restart,
   * cancelled by a time-out), 55P03 lock not available, 40 rolled back, 25006 a standby after a
   * failover, 28 and 3D000 not let in (a password being rotated).
   */
  private static final List<String> NOT_NOW =
      List.of("08", "53", "57", "55P03", "40", "25006", "28", "3D000");

  /** The pool says these in words only. */
  private static final Set<String> BUSY =
      Set.of(
          "Timeout",
          "Connection is closed",
          "Connection was closed",
          "Connection is not active",
          "Pending requests failed",
          "Pool closed");

  private DatabaseFailures() {}

  /** For {@code recover}: the same failure, as {@link Failure.Unavailable} where it is one. */
  public static <T> Future<T> named(Throwable cause) {
    return Future.failedFuture(isNotNow(cause) ? unavailable(cause) : cause);
  }

  public static boolean isNotNow(Throwable cause) {
    if (cause instanceof PgException refused) {
      return NOT_NOW.stream()
          .anyMatch(
              code -> refused.getSqlState() != null && refused.getSqlState().startsWith(code));
    }
    if (cause instanceof ClosedConnectionException || cause instanceof IOException) return true;
    return cause instanceof VertxException && isBusy(String.valueOf(cause.getMessage()));
  }

  private static boolean isBusy(String message) {
    return BUSY.stream().anyMatch(message::startsWith)
        || message.startsWith("Connection pool reached max wait queue");
  }

  private static FailureException unavailable(Throwable cause) {
    var exception = new FailureException(new Failure.Unavailable(DETAIL, RETRY_SECONDS));
    exception.addSuppressed(cause);
    return exception;
  }
}
