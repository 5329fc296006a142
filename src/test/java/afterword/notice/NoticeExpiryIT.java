package afterword.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.TestClock;
import afterword.db.Database;
import afterword.db.TestDatabase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who sent a notice is known for as long as somebody may appeal, and no longer. */
class NoticeExpiryIT {
  private static final String ROWS =
      """
      insert into site (id, key, name, origins) values (1, 'blog', 'Blog', '{}');
      insert into page (site_id, id, key, first_seen_at) values (1, 1, 'a', now());
      insert into comment (site_id, id, thread_id, root_id, depth, source, html, text, status, shown,
        rules_version, fingerprint, owner_token_hash, created_at)
      values (1, 1, 1, 1, 0, 't', 't', 't', 'rejected', false, 1, 'f', 'o', now());
      insert into decision (site_id, id, moderator_id, action, created_at) values (1, 1, 1, 'reject', now());
      insert into statement (site_id, decision_id, facts, ground, automated, appeal_until)
      values (1, 1, 'x', 'law', false, '2026-03-01T12:30:00Z');
      insert into notice (site_id, id, comment_id, key_hash, token_hash, category, explanation, name, email,
        created_at, decision_id)
      values (1, 1, 1, 'a', 'a', 'other', 'decided', 'Nora', 'n@x.example', now(), 1),
        (1, 2, 1, 'b', 'b', 'other', 'waits', 'Nora', 'n@x.example', now(), null),
        (1, 3, 1, 'c', 'c', 'other', 'appealed', 'Nora', 'n@x.example', now(), 1);
      insert into appeal (site_id, id, decision_id, comment_id, notice_id, text, created_at)
      values (1, 1, 1, 1, 3, 'x', now());
      """;

  private static final String KNOWN =
      "select string_agg(explanation, ' ' order by id) from notice where name is not null and email is not null";

  private final Vertx vertx = Vertx.vertx();
  private final TestDatabase rows = TestDatabase.fresh();
  private final TestClock clock = new TestClock();
  private final Database database = rows.open(vertx);

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void names_go_when_nobody_can_appeal_any_more_and_stay_while_something_waits() throws Exception {
    rows.run(ROWS);

    sweep();
    assertEquals("decided waits appealed", rows.ask(KNOWN));

    clock.advance(Duration.ofHours(1));
    sweep();
    assertEquals("waits appealed", rows.ask(KNOWN));

    rows.run("update appeal set answer_id = 1");
    sweep();
    assertEquals("waits", rows.ask(KNOWN));
  }

  private void sweep() throws Exception {
    new NoticeExpiry(vertx, database, clock)
        .sweep()
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }
}
