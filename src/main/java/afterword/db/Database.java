package afterword.db;

import afterword.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.cpu.CpuCoreSensor;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The database as one process uses it: a pool for transactions and pipelined connections for reads
 * (pipelining doubles reads by key and halves writes). A database that is away fails with {@link
 * afterword.model.Failure.Unavailable}.
 */
public final class Database {
  private static final int PIPELINED = 64;
  private static final int READ_QUEUE = 4_096;
  private static final int CONNECT_MILLIS = 1_000;

  private final Pool pool;
  private final SqlClient reads;
  private final SqlClient current;

  private Database(Pool pool, SqlClient reads, SqlClient current) {
    this.pool = pool;
    this.reads = reads;
    this.current = current;
  }

  /** Connects when first asked: a database that is away now may be back by then. */
  public static Database open(Vertx vertx, Config config) {
    String url =
        config
            .databaseWorkUrl()
            .orElseThrow(() -> new IllegalStateException("DATABASE_URL is not known yet"));
    SqlClient current = reads(vertx, config, "reads", options(config, url));
    return new Database(
        pool(vertx, config, options(config, url)),
        config
            .databaseReadUrl()
            .map(replica -> reads(vertx, config, "replica", options(config, replica)))
            .orElse(current),
        current);
  }

  /** For transactions. */
  public Pool pool() {
    return pool;
  }

  /**
   * For single reads, each outside of any transaction. Prefer {@link #read}, which names failures.
   */
  public SqlClient reads() {
    return reads;
  }

  public <T> Future<T> read(Function<SqlClient, Future<T>> question) {
    return attempt(question, reads).recover(DatabaseFailures::named);
  }

  /** Like {@link #read}, but never from a replica: sees what any process has committed before. */
  public <T> Future<T> readCurrent(Function<SqlClient, Future<T>> question) {
    return attempt(question, current).recover(DatabaseFailures::named);
  }

  /** All of it or nothing; the future succeeds once the commit has returned. */
  public <T> Future<T> write(Function<SqlConnection, Future<T>> change) {
    return pool.withTransaction(connection -> attempt(change, connection))
        .recover(DatabaseFailures::named);
  }

  public Future<Void> close() {
    return Future.join(reads.close(), current.close(), pool.close()).mapEmpty();
  }

  private static <C, T> Future<T> attempt(Function<C, Future<T>> work, C client) {
    try {
      return work.apply(client);
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private static PgConnectOptions options(Config config, String url) {
    return ConnectOptions.of(url, config.behindTransactionPooler());
  }

  private static Pool pool(Vertx vertx, Config config, PgConnectOptions options) {
    return PgBuilder.pool()
        .with(
            poolOptions("writes")
                .setMaxSize(config.poolSize())
                .setMaxWaitQueueSize(config.poolQueue()))
        .with(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS))
        .connectingTo(options)
        .using(vertx)
        .build();
  }

  /** Two connections per event loop, at most eight. */
  private static SqlClient reads(
      Vertx vertx, Config config, String name, PgConnectOptions options) {
    int connections = Math.min(8, 2 * CpuCoreSensor.availableProcessors());
    return PgBuilder.client()
        .with(poolOptions(name).setMaxSize(connections).setMaxWaitQueueSize(READ_QUEUE))
        .with(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS))
        .connectingTo(options.setPipeliningLimit(config.behindTransactionPooler() ? 1 : PIPELINED))
        .using(vertx)
        .build();
  }

  /**
   * @param name tells the pools apart in the metrics
   */
  private static PoolOptions poolOptions(String name) {
    return new PoolOptions()
        .setName(name)
        .setConnectionTimeout(1)
        .setConnectionTimeoutUnit(TimeUnit.SECONDS);
  }
}
