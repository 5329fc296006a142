package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.config.DataFolder;
import afterword.config.Setting;
import afterword.journeys.Eventually;
import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class DatabaseIT {
  private static final Function<SqlClient, Future<Integer>> ONE =
      client ->
          client.query("select 1").execute().map(rows -> rows.iterator().next().getInteger(0));

  @Test
  void reads_many_at_once(Vertx vertx) throws Exception {
    var database = TestDatabase.fresh().open(vertx);

    var answers =
        IntStream.range(0, 500)
            .mapToObj(
                n ->
                    database.readCurrent(
                        client -> client.preparedQuery("select $1::int").execute(Tuple.of(n))))
            .toList();

    Future.all(answers).await(10, TimeUnit.SECONDS);
    await(database.close());
  }

  @Test
  void a_slow_read_keeps_only_a_few_others_waiting(Vertx vertx) throws Exception {
    var database = TestDatabase.fresh().open(vertx);

    Future<Integer> slow =
        database.readCurrent(client -> pid(client, "select pg_backend_pid() from pg_sleep(1)"));
    var others =
        IntStream.range(0, 60)
            .mapToObj(n -> database.readCurrent(client -> pid(client, "select pg_backend_pid()")))
            .toList();
    Future.all(others).await(10, TimeUnit.SECONDS);

    int busy = await(slow);
    assertTrue(others.stream().filter(other -> other.result() == busy).count() < 16);
    await(database.close());
  }

  private static Future<Integer> pid(SqlClient client, String sql) {
    return client.query(sql).execute().map(rows -> rows.iterator().next().getInteger(0));
  }

  @Test
  void a_long_statement_is_planned_once_per_connection(Vertx vertx) {
    var database = TestDatabase.fresh().open(vertx);
    String sql = "select $1::int" + " + 0".repeat(2_000);

    Future<Integer> prepared =
        database.write(
            tx ->
                tx.preparedQuery(sql)
                    .execute(Tuple.of(1))
                    .compose(first -> tx.preparedQuery(sql).execute(Tuple.of(2)))
                    .compose(
                        second ->
                            tx.query(
                                    "select count(*)::int from pg_prepared_statements"
                                        + " where length(statement) > 2048")
                                .execute())
                    .map(rows -> rows.iterator().next().getInteger(0)));

    assertEquals(1, prepared.await());
  }

  @Test
  void a_change_that_fails_leaves_nothing(Vertx vertx) {
    var test = TestDatabase.fresh();
    var database = test.open(vertx);

    Throwable cause =
        failure(
            database.write(
                connection ->
                    connection
                        .query("insert into site (key, name, origins) values ('a', 'A', '{}')")
                        .execute()
                        .compose(
                            done ->
                                Future.failedFuture(
                                    new IllegalStateException("changed my mind")))));

    assertEquals("changed my mind", cause.getMessage());
    assertEquals("0", test.ask("select count(*) from site"));
  }

  @Test
  void a_statement_that_takes_too_long_is_cut_off(Vertx vertx) {
    var database = TestDatabase.fresh().open(vertx);

    assertUnavailable(
        database.write(connection -> connection.query("select pg_sleep(10)").execute()));
  }

  @Test
  void more_than_the_queue_holds_is_refused_at_once(Vertx vertx) {
    var config = TestDatabase.fresh().config("--pool-size=1", "--pool-queue=1");
    var database = Database.open(vertx, config);
    var held = new AtomicReference<SqlConnection>();
    Eventually.eventually(
        "the only connection was taken",
        () -> {
          held.set(database.pool().getConnection().otherwiseEmpty().await());
          return held.get() != null;
        });

    var writes = IntStream.range(0, 4).mapToObj(n -> database.write(ONE::apply)).toList();
    Future.join(writes).otherwiseEmpty().await();

    writes.forEach(DatabaseIT::assertUnavailable);
    await(held.get().close());
    assertEquals(1, await(database.write(ONE::apply)));
  }

  @Test
  void works_behind_a_transaction_pooler_without_prepared_statements(Vertx vertx) {
    var test = TestDatabase.fresh();
    var database = TestDatabase.open(vertx, test.config("--database-pooler=transaction"));

    assertEquals(1, await(database.readCurrent(ONE)));
    assertEquals(
        "0",
        await(database.readCurrent(client -> client.query("show statement_timeout").execute()))
            .iterator()
            .next()
            .getString(0));
  }

  @Test
  void a_database_that_is_away_is_named_so_and_found_again(Vertx vertx, @TempDir Path temp) {
    try (var folder = DataFolder.at(temp)) {
      var postgres = EmbeddedPostgres.start(folder, List.of("fsync=off"));
      var config = TestDatabase.fresh().config().with(Setting.DATABASE_URL, postgres.serviceUrl());
      var database = TestDatabase.open(vertx, config);
      Future<?> inFlight =
          database.write(connection -> connection.query("select pg_sleep(10)").execute());
      await(vertx.timer(200, TimeUnit.MILLISECONDS));

      postgres.close();

      assertUnavailable(inFlight);
      for (int i = 0; i < 5; i++) {
        assertUnavailable(database.readCurrent(ONE));
        assertUnavailable(database.write(ONE::apply));
      }

      try (var again =
          EmbeddedPostgres.start(folder, List.of("fsync=off", "port=" + postgres.port()))) {
        Eventually.eventually(
            "it was found again", () -> await(database.warm().map(true).otherwise(false)));
      }
    }
  }

  @Test
  void nobody_at_that_address_is_named_so_too(Vertx vertx) {
    var config =
        TestDatabase.fresh().config().with(Setting.DATABASE_URL, "postgres://a:b@127.0.0.1:1/c");
    var database = Database.open(vertx, config);

    assertUnavailable(database.readCurrent(ONE));
    assertUnavailable(database.write(ONE::apply));
  }

  @Test
  void what_is_wrong_with_a_statement_stays_as_it_is(Vertx vertx) {
    var database = TestDatabase.fresh().open(vertx);

    assertTrue(
        failure(database.readCurrent(client -> client.query("select nonsense").execute()))
            .getMessage()
            .contains("nonsense"));
  }

  private static void assertUnavailable(Future<?> future) {
    Throwable cause = failure(future);
    var named =
        assertInstanceOf(
            FailureException.class, cause, () -> cause.getClass() + ": " + cause.getMessage());
    assertInstanceOf(Failure.Unavailable.class, named.failure());
  }

  private static Throwable failure(Future<?> future) {
    return await(
        future
            .map(value -> (Throwable) new AssertionError("succeeded with " + value))
            .otherwise(cause -> cause));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(15, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new AssertionError("no answer from the database within 15 s", late);
    }
  }
}
