package afterword.journeys;

import static afterword.journeys.AdminClient.item;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.audit.Verification;
import afterword.audit.Verification.Report;
import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the record of changes promises, against somebody with every right on the database. */
class AuditIT {
  private RunningService running;
  private AdminClient moderator;

  @BeforeEach
  void change_a_few_things() {
    var held =
        new SiteSettings(Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    running = new RunningService(held);
    moderator = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
    for (String action : List.of("approve", "reject", "spam", "delete")) {
      JsonObject decided = moderator.decide(action, item(posted("To " + action), 1));
      if (action.equals("reject"))
        moderator.post("decisions/" + decided.getString("id") + "/undo", new JsonObject());
    }
    Eventually.eventually("all is sealed", () -> verified().unsealed() == 0);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void a_whole_log_is_said_to_be_whole_and_its_last_link_goes_on() {
    Report before = verified();
    posted("One more");
    Eventually.eventually("it is sealed", () -> verified().sealed() > before.sealed());

    assertEquals(List.of(), before.wrong());
    assertEquals(List.of(), verified().wrong());
    assertEquals(0, verified().unrecorded());
    assertEquals(
        before.head(),
        running
            .database()
            .ask("select encode(link, 'hex') from audit_seal where number = " + before.sealed()));
  }

  @Test
  void an_altered_row_is_named() {
    String id = running.database().ask("select max(id) from audit where action = 'spam'");
    running.database().run("update audit set reason = 'other' where id = " + id);

    assertEquals(List.of("row " + id + " of site 1 was altered"), verified().wrong());
  }

  @Test
  void a_removed_row_is_named_and_so_is_one_put_in_later() {
    String id = running.database().ask("select max(id) from audit where action = 'spam'");
    running.database().run("create table kept as select * from audit where id = " + id);
    running.database().run("delete from audit where id = " + id);
    List<String> removed = verified().wrong();
    running
        .database()
        .run(
            "insert into audit (site_id, id, at, actor, action, object, xid) overriding system value"
                + " select site_id, 900000, at, 'moderator:9', 'approve', object, xid from kept");
    List<String> added = verified().wrong();

    assertTrue(removed.contains("row " + id + " of site 1 is missing"), removed.toString());
    assertTrue(added.contains("row 900000 of site 1 was put in later"), added.toString());
  }

  @Test
  void a_seal_that_was_removed_or_made_anew_is_named() {
    running.database().run("delete from audit_seal where number = 2");
    assertTrue(verified().wrong().contains("seals 2 to 2 are missing"), verified().toString());

    String last = running.database().ask("select max(number) from audit_seal");
    running.database().run("update audit_seal set row_hash = sha256('x') where number = " + last);
    assertTrue(
        verified().wrong().stream().anyMatch(line -> line.startsWith("seal " + last + " of ")),
        verified().toString());
  }

  @Test
  void a_status_that_nobody_decided_on_is_named() {
    running.database().run("update comment set status = 'published' where source = 'To spam'");

    List<String> wrong = verified().wrong();

    assertEquals(1, wrong.size(), wrong.toString());
    assertTrue(wrong.get(0).endsWith("is published, and by the audit spam"), wrong.get(0));
  }

  @Test
  void the_service_itself_may_only_add_and_read() {
    for (String table : List.of("audit", "audit_seal")) {
      for (String sql : List.of("update %s set site_id = 2", "delete from %s", "truncate %s"))
        assertEquals("42501", refusal(sql.formatted(table)), sql.formatted(table));
    }
  }

  private String refusal(String sql) {
    return await(
        running
            .service()
            .database()
            .pool()
            .query(sql)
            .execute()
            .map("done")
            .otherwise(refused -> ((PgException) refused).getSqlState()));
  }

  private Report verified() {
    return await(new Verification(running.service().database()).verify());
  }

  private String posted(String text) {
    return running.send(comment(text)).bodyAsJsonObject().getJsonObject("comment").getString("id");
  }
}
