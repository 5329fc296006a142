package afterword.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;

/**
 * A connection that asks for nothing that something between here and the server might refuse: for
 * looking at what is there, not for work.
 */
public final class PlainConnection {
  private PlainConnection() {}

  public static Future<PgConnection> open(Vertx vertx, String url) {
    return PgConnection.connect(vertx, ConnectOptions.of(url, true));
  }
}
