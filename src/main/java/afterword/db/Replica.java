package afterword.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/**
 * Streaming standbys that follow the database some moments later. Behind one address there may be
 * several, each as far as it is, so every answer says how far the one was that gave it.
 */
public final class Replica {
  private static final String STANDING = "select pg_snapshot_xmin(pg_current_snapshot())::text";

  private final Pool pool;
  private final boolean throughPooler;

  Replica(Pool pool, boolean throughPooler) {
    this.pool = pool;
    this.throughPooler = throughPooler;
  }

  /**
   * @param before the answer has all that transactions before this one have changed (unsigned)
   */
  public record Answer<T>(T value, long before) {}

  /**
   * Where it stands is asked first, of the same server, so that the answer is no older than that.
   */
  public <T> Future<Answer<T>> read(Function<SqlClient, Future<T>> question) {
    Function<SqlConnection, Future<Answer<T>>> both = server -> both(server, question);
    return (throughPooler ? pool.withTransaction(both) : pool.withConnection(both))
        .recover(DatabaseFailures::named);
  }

  /** Sent one right after the other. */
  private static <T> Future<Answer<T>> both(
      SqlConnection server, Function<SqlClient, Future<T>> question) {
    Future<Long> standing =
        server
            .preparedQuery(STANDING)
            .execute()
            .map(rows -> Long.parseUnsignedLong(rows.iterator().next().getString(0)));
    Future<T> answer = Database.attempt(question, server);
    return Future.join(standing, answer)
        .map(done -> new Answer<>(answer.result(), standing.result()));
  }

  Future<Void> close() {
    return pool.close();
  }
}
