package afterword.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until the database is there and its schema fits, however long that takes: the one may come
 * up, and the other be migrated, after this process has started.
 */
public final class SchemaCheck {
  private static final Logger log = LoggerFactory.getLogger(SchemaCheck.class);
  private static final int RETRY_MILLIS = 500;

  private final Vertx vertx;
  private final Database database;
  private final Runnable fits;
  private String told = "";

  private SchemaCheck(Vertx vertx, Database database, Runnable fits) {
    this.vertx = vertx;
    this.database = database;
    this.fits = fits;
  }

  /**
   * Runs {@code fits} once it does. The future succeeds with the first answer, whatever it is: a
   * start has no need to wait longer.
   */
  public static Future<Void> untilItFits(Vertx vertx, Database database, Runnable fits) {
    return new SchemaCheck(vertx, database, fits).ask();
  }

  private Future<Void> ask() {
    return database
        .readCurrent(Migrations::misfit)
        .otherwise(Throwable::getMessage)
        .onSuccess(this::told)
        .mapEmpty();
  }

  private void told(String misfit) {
    if (misfit.isEmpty()) {
      if (!told.isEmpty()) log.info("the database is there and its schema fits");
      fits.run();
      return;
    }
    if (!misfit.equals(told)) log.warn("{} (asking again until it fits)", misfit);
    told = misfit;
    vertx.setTimer(RETRY_MILLIS, fired -> ask());
  }
}
