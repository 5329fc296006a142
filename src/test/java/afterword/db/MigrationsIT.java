package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class MigrationsIT {
  @Test
  void brings_an_empty_database_to_the_newest_version_once() {
    var database = TestDatabase.blank();

    assertEquals(files(), Migrations.migrate(database.ownerUrl(), "afterword"));
    assertEquals(0, Migrations.migrate(database.ownerUrl(), "afterword"));
  }

  @Test
  void several_processes_may_migrate_at_once() {
    var database = TestDatabase.blank();

    List<Integer> applied =
        List.of(1, 2, 3).stream()
            .map(
                n ->
                    CompletableFuture.supplyAsync(
                        () -> Migrations.migrate(database.ownerUrl(), "afterword")))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertEquals(files(), applied.stream().mapToInt(n -> n).sum());
  }

  /** Numbers may have gaps. */
  private static int files() {
    return java.util.Objects.requireNonNull(
            Path.of("migrations").toFile().list((folder, name) -> name.matches("V\\d+__.*\\.sql")))
        .length;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit set reason = null",
        "delete from audit",
        "truncate audit",
        "drop table audit",
        "create table mine (id int)",
        "delete from flyway_schema_history"
      })
  void the_role_that_serves_may_not(String sql) throws SQLException {
    var database = TestDatabase.fresh();

    try (var connection = TestDatabase.connect(database.url());
        var statement = connection.createStatement()) {
      var refused = assertThrows(SQLException.class, () -> statement.execute(sql));

      assertEquals("42501", refused.getSQLState());
    }
  }

  @Test
  void the_role_that_serves_may_append_to_the_audit_log() throws SQLException {
    var database = TestDatabase.fresh();

    try (var connection = TestDatabase.connect(database.url());
        var statement = connection.createStatement()) {
      statement.execute(
          "insert into audit (site_id, at, actor, action, object) values (1, now(), 'a', 'b', 'c')");
    }

    assertEquals("1", database.ask("select count(*) from audit"));
  }

  @Test
  void says_what_to_do_about_a_schema_that_does_not_fit(Vertx vertx, VertxTestContext test) {
    var fits = TestDatabase.fresh();
    var empty = TestDatabase.blank();
    var old = TestDatabase.fresh();
    old.run("delete from flyway_schema_history where version::int > 1");

    Future.all(misfit(vertx, fits), misfit(vertx, empty), misfit(vertx, old))
        .onComplete(
            test.succeeding(
                words ->
                    test.verify(
                        () -> {
                          assertEquals("", words.resultAt(0));
                          assertEquals(
                              "The database is empty: run \"afterword migrate\"",
                              words.resultAt(1));
                          assertTrue(
                              words
                                  .<String>resultAt(2)
                                  .startsWith("The schema is at version 1, this program needs"));
                          test.completeNow();
                        })));
  }

  private static Future<String> misfit(Vertx vertx, TestDatabase database) {
    return Migrations.misfit(Database.open(vertx, database.config()).reads());
  }
}
