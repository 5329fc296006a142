package afterword.ops;

import afterword.db.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.util.function.ToDoubleFunction;

/**
 * What only the database knows of the whole installation: how much waits, and for how long. Asked
 * every 15 s; while the database is away the last answer stays, and {@code afterword_database_up}
 * says so.
 */
public final class DatabaseGauges {
  private static final int EVERY_MILLIS = 15_000;
  private static final int AWAY_MILLIS = 2_000;

  private record Waiting(double comments, double oldestSeconds, double foldingSeconds) {}

  private final Vertx vertx;
  private final Database database;
  private volatile Waiting waiting = new Waiting(0, 0, 0);
  private volatile boolean up;
  private volatile long timer;
  private volatile boolean stopped;

  public DatabaseGauges(Vertx vertx, Database database, MeterRegistry registry) {
    this.vertx = vertx;
    this.database = database;
    gauge(
        registry, "afterword.queue.pending", "Comments that wait for a moderator", w -> w.comments);
    gauge(
        registry,
        "afterword.queue.oldest.seconds",
        "How long the oldest of them has waited",
        w -> w.oldestSeconds);
    gauge(
        registry,
        "afterword.counters.lag.seconds",
        "How old the oldest event is that no counter holds yet",
        w -> w.foldingSeconds);
    Gauge.builder("afterword.database.up", this, g -> g.up ? 1 : 0)
        .description("Whether the database answered the last time it was asked")
        .register(registry);
  }

  public void start() {
    if (!stopped)
      ask()
          .onComplete(
              asked -> timer = vertx.setTimer(up ? EVERY_MILLIS : AWAY_MILLIS, fired -> start()));
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /** Over all sites: this is the operator's view, and leaves no comment's trace. */
  private static final String WAITING =
      """
      select count(*)::float8,
        coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8,
        coalesce((
          select extract(epoch from clock_timestamp() - e.created_at)
          from reader_position r join event e on (e.xid, e.id) > (r.xid, r.event_id)
          where r.reader = 'counters'
          order by e.xid, e.id
          limit 1
        ), 0)::float8
      from comment where status = 'pending'
      """;

  Future<Void> ask() {
    return database
        .readCurrent(reads -> reads.query(WAITING).execute())
        .onSuccess(rows -> told(rows.iterator().next()))
        .onFailure(away -> up = false)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private void told(Row row) {
    waiting = new Waiting(row.getDouble(0), row.getDouble(1), row.getDouble(2));
    up = true;
  }

  private void gauge(
      MeterRegistry registry, String name, String words, ToDoubleFunction<Waiting> value) {
    Gauge.builder(name, this, g -> value.applyAsDouble(g.waiting))
        .description(words)
        .register(registry);
  }
}
