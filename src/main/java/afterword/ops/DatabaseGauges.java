package afterword.ops;

import afterword.db.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.function.ToDoubleFunction;

/**
 * What only the database knows of the whole installation: how much waits, and for how long. Asked
 * every 15 s; while the database is away the last answer stays, and {@code afterword_database_up}
 * says so.
 */
public final class DatabaseGauges {
  private static final int EVERY_MILLIS = 15_000;
  private static final int AWAY_MILLIS = 2_000;

  private record Waiting(
      double comments,
      double oldestSeconds,
      double foldingSeconds,
      double untold,
      double untoldSeconds,
      double lateSeconds,
      double givenUp) {}

  private final Vertx vertx;
  private final Database database;
  private final double graceSeconds;
  private volatile Waiting waiting = new Waiting(0, 0, 0, 0, 0, 0, 0);
  private volatile boolean up;
  private volatile long timer;
  private volatile boolean stopped;

  /**
   * @param graceSeconds how long a change stands before anybody is told of it
   */
  public DatabaseGauges(Vertx vertx, Database database, MeterRegistry registry, int graceSeconds) {
    this.graceSeconds = graceSeconds;
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
    gauge(
        registry,
        "afterword.outbox.depth",
        "Changes and deliveries that webhooks have yet to get",
        w -> w.untold);
    gauge(
        registry,
        "afterword.outbox.oldest.seconds",
        "How old the oldest of them is",
        w -> w.untoldSeconds);
    gauge(
        registry,
        "afterword.outbox.late.seconds",
        "For how long one of them could have been sent, and nobody tried",
        w -> w.lateSeconds);
    gauge(
        registry,
        "afterword.outbox.failed",
        "Deliveries that were given up, and are kept for a month",
        w -> w.givenUp);
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
  static final String WAITING =
      """
      select count(*)::float8,
        coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8,
        coalesce((
          select extract(epoch from clock_timestamp() - e.created_at)
          from reader_position r cross join lateral (
            select created_at from event
            where (xid, id) > (r.xid, r.event_id)
            order by xid, id
            limit 1
          ) e
          where r.reader = 'counters'
        ), 0)::float8,
        (select count(*) from outbox)::float8
          + (select count(*) from delivery where status = 'waiting')::float8,
        coalesce(extract(epoch from clock_timestamp() - least(
          (select min(changed_at) from outbox),
          (select min(created_at) from delivery where status = 'waiting'))), 0)::float8,
        greatest(0, extract(epoch from clock_timestamp() - least(
          (select min(changed_at) + make_interval(secs => $1) from outbox),
          (select min(next_at) from delivery where status = 'waiting'))))::float8,
        (select count(*) from delivery where status = 'failed')::float8
      from comment where status = 'pending'
      """;

  Future<Void> ask() {
    return database
        .readCurrent(reads -> reads.preparedQuery(WAITING).execute(Tuple.of(graceSeconds)))
        .onSuccess(rows -> told(rows.iterator().next()))
        .onFailure(away -> up = false)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private void told(Row row) {
    waiting =
        new Waiting(
            row.getDouble(0),
            row.getDouble(1),
            row.getDouble(2),
            row.getDouble(3),
            row.getDouble(4),
            row.getDouble(5),
            row.getDouble(6));
    up = true;
  }

  private void gauge(
      MeterRegistry registry, String name, String words, ToDoubleFunction<Waiting> value) {
    Gauge.builder(name, this, g -> value.applyAsDouble(g.waiting))
        .description(words)
        .register(registry);
  }
}
