package afterword.doctor;

import afterword.config.Config;
import afterword.db.PlainConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.util.function.Function;

/** Connections to where the service connects, each for one question. */
final class Connecting {
  private final Vertx vertx;
  private final Config config;

  Connecting(Vertx vertx, Config config) {
    this.vertx = vertx;
    this.config = config;
  }

  /** The way for reads and writes: to the pooler, if there is one. */
  <T> Future<T> working(Function<PgConnection, Future<T>> question) {
    return with(config.databaseWorkUrl().orElseThrow(), question);
  }

  <T> Future<T> with(String url, Function<PgConnection, Future<T>> question) {
    return PlainConnection.open(vertx, url)
        .compose(connection -> question.apply(connection).eventually(connection::close));
  }
}
