package afterword.moderation;

import static afterword.journeys.AdminClient.item;
import static afterword.journeys.AdminClient.ok;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.audit.AuditStore;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.events.EventFeed;
import afterword.events.EventStore;
import afterword.journeys.AdminClient;
import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import afterword.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a site does not want to keep goes when its time is over, and nothing else does. */
class RetentionIT {
  private static final SiteSettings OPEN =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
  private static final TestClock CLOCK = new TestClock();
  private static RunningService running;
  private static Vertx vertx;
  private static Database database;
  private static AdminClient owner;
  private static AdminClient moderator;

  @BeforeAll
  static void start() {
    running = new RunningService(OPEN, CLOCK, "--trusted-proxies=127.0.0.0/8,::1/128");
    owner = AdminClient.of(running, "Olive", Map.of("blog", Role.OWNER));
    moderator = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
    vertx = Vertx.vertx();
    database = running.database().open(vertx);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
    running.close();
  }

  @AfterEach
  void everything_is_kept_again() {
    keep(0, 0, 0);
  }

  @Test
  void where_nothing_is_said_everything_is_kept() {
    Posted rejected = posted("Kept for ever");
    decide("reject", rejected);
    CLOCK.advance(Duration.ofDays(5_000));

    sweep();

    assertEquals("Kept for ever", text(rejected));
    assertEquals("ada@reader.example", column(rejected, "author_email"));
  }

  @Test
  void what_was_rejected_goes_after_its_days_and_leaves_the_hash_and_what_was_answered() {
    Posted rejected = posted("Something unlovely");
    Posted answer = answered(rejected, "Come on");
    keep(0, 30, 0);
    CLOCK.advance(Duration.ofDays(40));
    decide("reject", rejected);

    CLOCK.advance(Duration.ofDays(29));
    sweep();
    assertEquals("Something unlovely", text(rejected), "since it was decided on, not posted");
    CLOCK.advance(Duration.ofDays(2));
    sweep();

    assertEquals("rejected", column(rejected, "status"));
    for (String gone : List.of("text", "source", "html")) assertEquals("", column(rejected, gone));
    assertEquals(
        "t",
        column(
            rejected,
            "num_nulls(author_name, author_email, commenter_id, address_hash, range_hash, notes) = 6"));
    assertEquals(
        "retention t",
        running
            .database()
            .ask(
                "select concat_ws(' ', actor, text_hash = sha256('Something unlovely')) from audit where action = 'erase' and object = 'comment:"
                    + rejected.row()
                    + "'"));
    String thread =
        await(running.get("/api/v1/sites/blog/thread?page=a.html").send()).bodyAsString();
    assertTrue(thread.contains("Come on"), thread);
    assertFalse(thread.contains("unlovely"), thread);
    assertTrue(new JsonObject(thread).encode().contains("\"" + rejected.id + "\""), "a tombstone");
    assertEquals("Come on", text(answer));
    assertEquals("gone", result(moderator.decide("approve", item(rejected.id, version(rejected)))));
  }

  @Test
  void spam_and_what_was_withdrawn_go_each_after_their_own_days() {
    Posted spam = posted("Cheap watches");
    Posted withdrawn = posted("I take this back");
    Posted deleted = posted("Not here, please");
    decide("spam", spam);
    decide("delete", deleted);
    withdraw(withdrawn);
    keep(0, 10, 20);

    CLOCK.advance(Duration.ofDays(11));
    sweep();
    assertEquals("", text(spam));
    assertEquals("I take this back", text(withdrawn));
    CLOCK.advance(Duration.ofDays(10));
    sweep();

    assertEquals("", text(withdrawn));
    assertEquals("", text(deleted));
  }

  @Test
  void what_can_still_be_taken_back_is_there() {
    Posted rejected = posted("Rejected by mistake");
    keep(1, 1, 1);
    String decision = decide("reject", rejected);

    CLOCK.advance(Duration.ofMinutes(9));
    sweep();
    ok(moderator.post("decisions/" + decision + "/undo", new JsonObject()));

    assertEquals("published", column(rejected, "status"));
    assertEquals("Rejected by mistake", text(rejected));
  }

  @Test
  void senders_are_forgotten_and_what_they_said_stays() {
    Posted old = posted("Said long ago");
    String version = column(old, "version");
    CLOCK.advance(Duration.ofDays(91));
    Posted recent = posted("Said just now");
    keep(90, 0, 0);

    sweep();

    assertEquals(
        "t", column(old, "num_nulls(author_email, address_hash, range_hash, address_key) = 4"));
    assertEquals("Ada Said long ago", column(old, "author_name || ' ' || text"));
    assertEquals(version, column(old, "version"), "nobody's edit meets another version");
    assertEquals("ada@reader.example", column(recent, "author_email"));
    assertEquals("t", column(recent, "address_hash is not null and range_hash is not null"));
    assertEquals(
        "site:" + running.site().id(),
        running
            .database()
            .ask("select object from audit where action = 'forget' order by id desc limit 1"));
  }

  @Test
  void what_a_notice_is_about_stays_until_nobody_can_appeal_any_more() {
    Posted noticed = posted("Said to be against the law");
    Posted waiting = posted("A notice of this waits");
    keep(0, 30, 30);
    String decision = decide("reject", noticed);
    decide("reject", waiting);
    long row = PublicId.parse(noticed.id).orElseThrow().row();
    running
        .database()
        .run(
            """
            insert into statement (site_id, decision_id, facts, ground, automated, appeal_until)
            select site_id, decision_id, 'It says so', 'law', false, timestamptz '%1$s' + interval '180 days'
            from decision_item where comment_id = %2$d;
            insert into notice (site_id, id, comment_id, key_hash, token_hash, category, explanation, name, created_at,
              decision_id)
            select site_id, 1, comment_id, 'a', 'a', 'other', 'It is me', 'Nora', now(), decision_id
            from decision_item where comment_id = %2$d;
            insert into notice (site_id, id, comment_id, key_hash, token_hash, category, explanation, created_at)
            values (%3$d, 2, %4$d, 'b', 'b', 'other', 'x', now());
            """
                .formatted(CLOCK.instant(), row, running.site().id(), waiting.row()));

    CLOCK.advance(Duration.ofDays(179));
    sweep();
    assertEquals("Said to be against the law", text(noticed));
    CLOCK.advance(Duration.ofDays(2));
    sweep();

    assertEquals("", text(noticed), decision);
    assertEquals("A notice of this waits", text(waiting));
    assertEquals(
        "f", running.database().ask("select bool_or(name is not null) from notice where id = 1"));
    assertEquals(
        "", running.database().ask("select string_agg(facts, '') from statement"), "may cite it");
    running.database().run("delete from notice");
  }

  @Test
  void two_processes_at_it_at_once_let_each_text_go_once() {
    running
        .database()
        .run(
            """
            insert into comment (site_id, id, thread_id, root_id, depth, source, html, text, status, shown,
              rules_version, fingerprint, owner_token_hash, created_at)
            select site_id, 100000 + n, id, 100000 + n, 0, 'many', 'many', 'many', 'spam', false, 1, 'f', 'o',
              timestamptz '%s' - interval '40 days'
            from generate_series(1, 1300) n, (select site_id, id from page limit 1) page
            """
                .formatted(CLOCK.instant()));
    keep(0, 30, 0);

    await(Future.all(expiry(running.service().database()).sweep(), expiry(database).sweep()));

    assertEquals(
        "1300 1300 1300",
        running
            .database()
            .ask(
                """
                select concat_ws(' ', count(*) filter (where c.text = '' and c.version = 2),
                  (select count(*) from audit where action = 'erase' and substr(object, 9)::bigint > 100000),
                  (select count(*) from event where kind = 'comment-changed' and comment_id > 100000))
                from comment c where id > 100000
                """));
    running.database().run("delete from comment where id > 100000");
  }

  @Test
  void owners_are_told_how_much_would_go_before_it_does() {
    decide("spam", posted("Counted once"));
    CLOCK.advance(Duration.ofDays(8));
    String where =
        "sites/blog/retention?forgetSendersAfterDays=7&eraseRejectedAfterDays=%d&eraseDeletedAfterDays=0";

    JsonObject week = owner.read(where.formatted(7));
    JsonObject longer = owner.read(where.formatted(9));

    assertTrue(week.getInteger("senders") >= 1, week.encode());
    assertEquals(1, week.getInteger("rejected") - longer.getInteger("rejected"));
    assertEquals(0, week.getInteger("deleted"), "kept for ever");
    assertEquals(403, moderator.get(where.formatted(7)).statusCode());
    assertEquals(400, owner.get(where.formatted(99_999)).statusCode());
  }

  @Test
  void days_out_of_bounds_are_named_and_change_nothing() {
    keep(3, 4, 5);
    var answer =
        owner.patch(
            "sites/blog/settings",
            new JsonObject()
                .put("forgetSendersAfterDays", -1)
                .put("eraseRejectedAfterDays", 36_501)
                .put("eraseDeletedAfterDays", "soon"));

    assertEquals(422, answer.statusCode());
    assertEquals(3, answer.bodyAsJsonObject().getJsonArray("errors").size());
    JsonObject kept = owner.read("sites/blog/settings");
    assertEquals(
        "3 4 5",
        kept.getInteger("forgetSendersAfterDays")
            + " "
            + kept.getInteger("eraseRejectedAfterDays")
            + " "
            + kept.getInteger("eraseDeletedAfterDays"));
  }

  private record Posted(String id, String token) {
    long row() {
      return PublicId.parse(id).orElseThrow().row();
    }
  }

  private static Posted posted(String text) {
    return posted(comment(text));
  }

  private static Posted answered(Posted parent, String text) {
    return posted(comment(text).put("parentId", parent.id));
  }

  private static Posted posted(JsonObject comment) {
    CLOCK.advance(Duration.ofMinutes(1));
    comment.getJsonObject("author").put("email", "ada@reader.example");
    comment.put("commenterKey", "00112233445566778899aabbccddeeff");
    var answer = running.send(comment);
    assertEquals(201, answer.statusCode(), answer.bodyAsString());
    JsonObject body = answer.bodyAsJsonObject();
    return new Posted(body.getJsonObject("comment").getString("id"), body.getString("ownerToken"));
  }

  private static String decide(String action, Posted posted) {
    return moderator.decide(action, item(posted.id, version(posted))).getString("id");
  }

  private static void withdraw(Posted posted) {
    var answer =
        await(
            running
                .request(HttpMethod.DELETE, "/api/v1/sites/blog/comments/" + posted.id)
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader("If-Match", "*")
                .bearerTokenAuthentication(posted.token)
                .send());
    assertEquals(204, answer.statusCode(), answer.bodyAsString());
  }

  private static int version(Posted posted) {
    return Integer.parseInt(column(posted, "version"));
  }

  private static String result(JsonObject decision) {
    return decision.getJsonArray("items").getJsonObject(0).getString("result");
  }

  private static String text(Posted posted) {
    return column(posted, "text");
  }

  private static String column(Posted posted, String column) {
    return running.database().ask("select " + column + " from comment where id = " + posted.row());
  }

  private static void keep(int senders, int rejected, int deleted) {
    ok(
        owner.patch(
            "sites/blog/settings",
            new JsonObject()
                .put("forgetSendersAfterDays", senders)
                .put("eraseRejectedAfterDays", rejected)
                .put("eraseDeletedAfterDays", deleted)));
  }

  private static void sweep() {
    await(expiry(database).sweep());
  }

  private static CommentExpiry expiry(Database database) {
    var feed = new EventFeed(vertx, database, new EventStore());
    return new CommentExpiry(
        vertx, database, new SiteStore(database), new AuditStore(), feed, CLOCK);
  }
}
