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

  /** So many wait behind a slow question before another connection is asked (decision 0044). */
  private static final int PIPELINED = 16;

  private static final int READ_QUEUE = 4_096;
  private static final int CONNECT_MILLIS = 1_000;

  private final Pool pool;
  private final SqlClient reads;
  private final Optional<Replica> replica;
  private final int writers;

  private Database(Pool pool, SqlClient reads, Optional<Replica> replica, int writers) {
    this.pool = pool;
    this.reads = reads;
    this.replica = replica;
    this.writers = writers;
  }

  /** Connects when first asked: a database that is away now may be back by then. */
  public static Database open(Vertx vertx, Config config) {
    if (config.databaseUrl().isEmpty())
      throw new IllegalStateException("DATABASE_URL is not known yet");
    var primary = source(vertx, config, Setting.DATABASE_URL, Config::databaseWorkUrl);
    return new Database(
        pool(vertx, config, primary),
        reads(vertx, config, primary),
        config.databaseReadUrl().map(there -> replica(vertx, config)),
        config.poolSize());
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
   * For single reads, each outside of any transaction. Prefer {@link #readCurrent}, which names
   * failures.
   */
  public SqlClient reads() {
    return reads;
  }

  /** Sees what any process has committed before. */
  public <T> Future<T> readCurrent(Function<SqlClient, Future<T>> question) {
    return attempt(question, reads).recover(DatabaseFailures::named);
  }

  /** What may be a little old: from a replica, where there is one that answers. */
  public <T> Future<T> readLagging(Function<SqlClient, Future<T>> question) {
    if (replica.isEmpty()) return readCurrent(question);
    return replica
        .get()
        .read(question)
        .map(Replica.Answer::value)
        .recover(unanswered -> readCurrent(question));
  }

  /** As it is now or, while the database is away, as a replica has it. */
  public <T> Future<T> readAnyway(Function<SqlClient, Future<T>> question) {
    Future<T> asked = readCurrent(question);
    return replica
        .map(
            standby ->
                asked.recover(
                    away ->
                        standby
                            .read(question)
                            .map(Replica.Answer::value)
                            .recover(both -> Future.failedFuture(away))))
        .orElse(asked);
  }

  public Optional<Replica> replica() {
    return replica;
  }

  /** All of it or nothing; the future succeeds once the commit has returned. */
  public <T> Future<T> write(Function<SqlConnection, Future<T>> change) {
    return pool.withTransaction(connection -> attempt(change, connection))
        .recover(DatabaseFailures::named);
  }

  /** Opens a few connections of each kind; fails if one of them cannot be had. */
  public Future<Void> warm() {
    var opening = new ArrayList<Future<?>>();
    // More than the pool is made for would wait in a line that may be short.
    for (int i = 0; i < Math.min(WARM, writers); i++)
      opening.add(write(tx -> tx.query("select pg_sleep(0.02)").execute()));
    for (int i = 0; i < WARM; i++)
      opening.add(readCurrent(reads -> reads.query("select 1").execute()));
    return Future.join(opening).mapEmpty();
  }

  public Future<Void> close() {
    Future<Void> standby = replica.map(Replica::close).orElse(Future.succeededFuture());
    return Future.join(reads.close(), standby, pool.close()).mapEmpty();
  }

  static <C, T> Future<T> attempt(Function<C, Future<T>> work, C client) {
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

  /** Two connections per processor, at most eight; the first that has room is asked. */
  private static SqlClient reads(Vertx vertx, Config config, ConnectionSource source) {
    int pipelined = config.behindTransactionPooler() ? 1 : PIPELINED;
    return PgBuilder.client()
        .with(poolOptions("reads").setMaxSize(readConnections()).setMaxWaitQueueSize(READ_QUEUE))
        .with(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS))
        .connectingTo(
            () ->
                source
                    .options()
                    .map(options -> (SqlConnectOptions) options.setPipeliningLimit(pipelined)))
        .using(vertx)
        .build();
  }

  /** As many as for reads, but each for one question at a time: it must know who answers. */
  private static Replica replica(Vertx vertx, Config config) {
    var source = source(vertx, config, Setting.DATABASE_READ_URL, Config::databaseReadUrl);
    Pool pool =
        PgBuilder.pool()
            .with(
                poolOptions("replica")
                    .setMaxSize(readConnections())
                    .setMaxWaitQueueSize(READ_QUEUE))
            .with(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS))
            .connectingTo(() -> source.options().map(SqlConnectOptions.class::cast))
            .using(vertx)
            .build();
    return new Replica(pool, config.behindTransactionPooler());
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
