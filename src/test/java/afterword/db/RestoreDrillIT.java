package afterword.db;

import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import afterword.Service;
import afterword.journeys.Eventually;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The drill of docs/operate/backup.md, on the oldest PostgreSQL that is promised. */
@ExtendWith(VertxExtension.class)
class RestoreDrillIT {
  private static final String TABLES =
      "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1";

  @Test
  void what_is_dumped_and_restored_is_the_same_and_serves(Vertx vertx) throws Exception {
    assumeTrue(DebianPostgres.isInstalled(), DebianPostgres.MISSING);
    try (DebianPostgres postgres = DebianPostgres.start()) {
      postgres.run("createdb", "--owner=afterword_owner", "--template=template0", "afterword");
      TestDatabase original = postgres.database("afterword");
      Migrations.migrate(original.ownerUrl(), "afterword");
      Service service = RunningService.start(vertx, original.config(), Clock.systemUTC());
      RunningService.addBlog(service, SiteSettings.DEFAULTS);
      for (String text : new String[] {"The first", "Ünïcödé 🦉", "*The* third"})
        Eventually.eventually(
            "\"" + text + "\" was taken", () -> post(vertx, service, text) == 202);
      await(service.stop());
      Map<String, String> before = hashes(postgres, "afterword");
      assertEquals("3", before.get("comment").split(" ")[0]);

      String dump = postgres.file("afterword.dump").toString();
      postgres.run("pg_dump", "--format=custom", "--file=" + dump, "afterword");
      postgres.run("createdb", "--owner=afterword_owner", "--template=template0", "restored");
      postgres.run("pg_restore", "--no-owner", "--role=afterword_owner", "--dbname=restored", dump);

      assertEquals(before, hashes(postgres, "restored"));
      TestDatabase restored = postgres.database("restored");
      assertEquals(0, Migrations.migrate(restored.ownerUrl(), "afterword"));
      Service again = RunningService.start(vertx, restored.config(), Clock.systemUTC());
      Eventually.eventually(
          "the restored database takes a post", () -> post(vertx, again, "The fourth") == 202);
      await(again.stop());
      assertFalse(before.equals(hashes(postgres, "restored")), "the hashes see a new comment");
    }
  }

  /** For each table how many rows it has, and a hash of them all. */
  private static Map<String, String> hashes(DebianPostgres postgres, String database)
      throws Exception {
    var tableToHash = new TreeMap<String, String>();
    for (String table : postgres.sql(database, TABLES).lines().toList())
      tableToHash.put(
          table,
          postgres
              .sql(
                  database,
                  "select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by t::text)), '')"
                      + " from "
                      + table
                      + " t")
              .strip());
    return tableToHash;
  }

  private static int post(Vertx vertx, Service service, String text) {
    WebClient client = WebClient.create(vertx);
    try {
      return await(
              client
                  .post(service.httpPort(), "127.0.0.1", "/api/v1/sites/blog/comments")
                  .putHeader("Origin", ORIGIN)
                  .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                  .sendJsonObject(RunningService.comment(text)))
          .statusCode();
    } finally {
      client.close();
    }
  }
}
