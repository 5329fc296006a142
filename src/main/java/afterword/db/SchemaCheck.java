package afterword.db;

import io.vertx.core.Future;
import io.vertx.core.Promise;
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
  private final Promise<Void> fits = Promise.promise();
  private String told = "";

  private SchemaCheck(Vertx vertx, Database database) {
    this.vertx = vertx;
    this.database = database;
  }

  public static Future<Void> untilItFits(Vertx vertx, Database database) {
    var check = new SchemaCheck(vertx, database);
    check.ask();
    return check.fits.future();
  }

  private void ask() {
    database.read(Migrations::misfit).otherwise(Throwable::getMessage).onSuccess(this::told);
  }

  private void told(String misfit) {
    if (misfit.isEmpty()) {
      fits.complete();
      return;
    }
    if (!misfit.equals(told)) log.warn("{}. Asking again until it fits", misfit);
    told = misfit;
    vertx.setTimer(RETRY_MILLIS, fired -> ask());
  }
}
