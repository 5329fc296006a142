package afterword.db;

import afterword.config.Config;
import afterword.config.Setting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The database as one process uses it: a pool for transactions and pipelined connections for reads
 * (pipelining doubles reads by key and halves writes). A database that is away fails with {@link
 * afterword.model.Failure.Unavailable}.
 */
public final class Database {
  private static final int WARM = 4;
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
    if (config.databaseUrl().isEmpty())
      throw new IllegalStateException("DATABASE_URL is not known yet");
    var primary = source(vertx, config, Setting.DATABASE_URL, Config::databaseWorkUrl);
    SqlClient current = reads(vertx, config, "reads", primary);
    return new Database(
        pool(vertx, config, primary),
        config
            .databaseReadUrl()
            .map(
                replica ->
                    source(vertx, config, Setting.DATABASE_READ_URL, Config::databaseReadUrl))
            .map(replica -> reads(vertx, config, "replica", replica))
            .orElse(current),
        current);
  }

  /** How many connections one process may open at most, the listening one included. */
  public static int connectionsOf(Config config) {
    int listening = config.listenUrl().isPresent() ? 1 : 0;
    return config.poolSize() + readConnections() + listening;
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

  /** Opens a few connections of each kind; fails if one of them cannot be had. */
  public Future<Void> warm() {
    var opening = new ArrayList<Future<?>>();
    for (int i = 0; i < WARM; i++) {
      opening.add(write(tx -> tx.query("select pg_sleep(0.02)").execute()));
      opening.add(read(reads -> reads.query("select 1").execute()));
      opening.add(readCurrent(reads -> reads.query("select 1").execute()));
    }
    return Future.join(opening).mapEmpty();
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

  private static ConnectionSource source(
      Vertx vertx, Config config, Setting setting, Function<Config, Optional<String>> url) {
    return new ConnectionSource(vertx, config, setting, url, config.behindTransactionPooler());
  }

  private static Pool pool(Vertx vertx, Config config, ConnectionSource source) {
    return PgBuilder.pool()
        .with(
            poolOptions("writes")
                .setMaxSize(config.poolSize())
                .setMaxWaitQueueSize(config.poolQueue()))
        .with(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS))
        .connectingTo(() -> source.options().map(SqlConnectOptions.class::cast))
        .using(vertx)
        .build();
  }

  /** Two connections per event loop, at most eight. */
  private static SqlClient reads(Vertx vertx, Config config, String name, ConnectionSource source) {
    int pipelined = config.behindTransactionPooler() ? 1 : PIPELINED;
    return PgBuilder.client()
        .with(poolOptions(name).setMaxSize(readConnections()).setMaxWaitQueueSize(READ_QUEUE))
        .with(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS))
        .connectingTo(
            () ->
                source
                    .options()
                    .map(options -> (SqlConnectOptions) options.setPipeliningLimit(pipelined)))
        .using(vertx)
        .build();
  }

  private static int readConnections() {
    return Math.min(8, 2 * Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param name tells the pools apart in the metrics
   */
  private static PoolOptions poolOptions(String name) {
    return new PoolOptions()
        .setName(name)
        // An old password's sessions end some day, and a pooler's servers are shared anew.
        .setMaxLifetime(30)
        .setMaxLifetimeUnit(TimeUnit.MINUTES)
        .setConnectionTimeout(1)
        .setConnectionTimeoutUnit(TimeUnit.SECONDS);
  }
}
