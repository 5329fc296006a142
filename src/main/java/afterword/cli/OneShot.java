package afterword.cli;

import afterword.config.Config;
import afterword.config.ConfigException;
import afterword.db.Database;
import afterword.db.Migrations;
import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does one thing with the database, beside a process that serves or alone. */
final class OneShot {
  private static final int SECONDS = 30;
  private static final int RETRY_MILLIS = 200;

  interface Work<T> {
    Future<T> on(Vertx vertx, Config config, Database database);
  }

  private OneShot() {}

  static <T> T run(Config config, Work<T> work) {
    return run(config, SECONDS, work);
  }

  /** For work that takes as long as there is something to do. */
  static <T> T run(Config config, int seconds, Work<T> work) {
    Logging.configure(config);
    try (var installation = Installation.join(config)) {
      Vertx vertx = Vertx.vertx();
      try {
        Config complete = installation.config();
        Database database = Database.open(vertx, complete);
        return misfit(vertx, database)
            .compose(
                misfit -> misfit.isEmpty() ? work.on(vertx, complete, database) : unfit(misfit))
            .eventually(database::close)
            .await(seconds, TimeUnit.SECONDS);
      } catch (TimeoutException late) {
        throw new ConfigException("The database did not answer within " + seconds + " s");
      } finally {
        vertx.close().await();
      }
    }
  }

  /**
   * Asks again while the database is away: a busy machine takes its time to connect. What follows
   * may write, and finds its connection too.
   */
  private static Future<String> misfit(Vertx vertx, Database database) {
    return database
        .write(tx -> tx.query("select 1").execute())
        .compose(connected -> database.readCurrent(Migrations::misfit))
        .recover(
            cause ->
                cause instanceof FailureException failed
                        && failed.failure() instanceof Failure.Unavailable
                    ? vertx
                        .timer(RETRY_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(t -> misfit(vertx, database))
                    : Future.failedFuture(cause));
  }

  private static <T> Future<T> unfit(String misfit) {
    return Future.failedFuture(new ConfigException(misfit));
  }
}
