package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.cli.Commands;
import afterword.db.TestDatabase;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A site changes its addresses: the commands of an operator, beside a service that reads on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageMovesIT {
  private static final SiteSettings SETTINGS =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 1_000, 1, 100_000);

  private RunningService running;

  @BeforeAll
  void start() {
    running = new RunningService(SETTINGS);
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @Test
  void a_page_moves_with_all_its_comments_and_its_former_key_leads_on() {
    var ids = List.of(posted("2026/talks.html", "One"), posted("2026/talks.html", "Two"));
    assertEquals(2, count("2026/talks.html"));
    assertEquals(0, count("talks/"));
    String before = everything();

    assertEquals(0, page("move", "2026/talks.html", ORIGIN + "/talks/"));
    assertEquals(before, everything(), "a plan changes nothing");
    assertEquals(
        0, page("move", "2026/talks.html", ORIGIN + "/talks/", "--title", "On talks", "--apply"));

    eventually("caches dropped", () -> count("talks/") == 2 && count("2026/talks.html") == 2);
    JsonObject thread = thread("2026/talks.html");
    assertEquals("talks/", thread.getJsonObject("thread").getString("page"));
    assertEquals(ORIGIN + "/talks/", thread.getJsonObject("thread").getString("url"));
    assertEquals("On talks", thread.getJsonObject("thread").getString("title"));
    assertEquals(new TreeSet<>(ids), ids("talks/"));
    for (String id : ids) assertEquals(ORIGIN + "/talks/#comment-" + id, led(id));
    // A page that still has the old address posts to the same thread.
    String late = posted("2026/talks.html", "Three");
    eventually("the late one is there", () -> ids("talks/").contains(late));
    assertEquals(3, countsOf("talks/", "2026/talks.html"));
    assertEquals("page-move", audited());

    String after = everything();
    assertEquals(0, page("move", "2026/talks.html", ORIGIN + "/talks/", "--apply"));
    assertEquals(after, everything(), "a second time changes nothing");
    assertEquals(0, page("move", "talks/", ORIGIN + "/2026/talks.html", "--apply"));
    eventually("it moved back", () -> count("2026/talks.html") == 3 && count("talks/") == 3);
  }

  @Test
  void two_pages_become_one_with_all_comments_of_both_whatever_their_status() {
    var ids = new TreeSet<String>();
    for (int i = 0; i < 3; i++) ids.add(posted("double/a", "A" + i));
    for (int i = 0; i < 2; i++) ids.add(posted("double/b", "B" + i));
    JsonObject held = comment("https://a.example https://b.example https://c.example");
    held.getJsonObject("page").put("key", "double/a").put("url", ORIGIN + "/double/a");
    String waiting = running.send(held).bodyAsJsonObject().getJsonObject("comment").getString("id");
    assertEquals(0, page("move", "double/a", "double/older", "--apply"));
    String first = ids.first();
    assertEquals(200, voted(first));
    String before = everything();

    assertEquals(0, page("merge", "double/older", "double/b"));
    assertEquals(before, everything(), "a plan changes nothing");
    assertEquals(0, page("merge", "double/older", "double/b", "--apply"));

    eventually("all in one", () -> ids("double/b").equals(ids));
    for (String former : List.of("double/a", "double/older")) assertEquals(ids, ids(former));
    assertEquals(5, countsOf("double/a", "double/b"));
    eventually("counted by events alone", () -> count("double/b") == 5);
    eventually("counters equal a recount", () -> differences().equals("0"));
    for (String id : ids) assertEquals(ORIGIN + "/double/b#comment-" + id, led(id));
    assertEquals(threadOf(first), threadOf(waiting), "what waits for a moderator came along");
    eventually(
        "its rank came along",
        () ->
            thread("double/b", "&order=best")
                .getJsonArray("comments")
                .getJsonObject(0)
                .getString("id")
                .equals(first));
    String after = everything();
    assertEquals(0, page("merge", "double/older", "double/b", "--apply"));
    assertEquals(after, everything(), "a second time changes nothing");
  }

  @Test
  void a_rank_that_is_being_written_when_pages_merge_comes_along() throws Exception {
    String root = posted("ranked/a", "A");
    posted("ranked/b", "B");
    long comment = PublicId.parse(root).orElseThrow().row();
    running.database().settle();

    // As the folder does it, which has not committed yet.
    try (var folder = running.database().connect();
        var sql = folder.createStatement()) {
      folder.setAutoCommit(false);
      sql.execute("select from reader_position where reader = 'counters' for update");
      sql.execute(
          "insert into comment_rank (site_id, comment_id, since, until, thread_id, rank, created_at)"
              + " select site_id, id, 1, 9223372036854775807, thread_id, 1, created_at from comment"
              + " where id = "
              + comment);
      var merge =
          CompletableFuture.supplyAsync(() -> page("merge", "ranked/a", "ranked/b", "--apply"));
      eventually("the merge waits for it", () -> TestDatabase.isWaitedFor(sql));
      folder.commit();
      assertEquals(0, merge.join());
    }

    assertEquals(
        threadOf(root),
        running.database().ask("select thread_id from comment_rank where comment_id = " + comment));
  }

  @Test
  void a_moderator_merges_pages_over_http_and_a_viewer_does_not() {
    String first = posted("http/from.html", "One");
    String other = posted("http/into.html", "Two");
    AdminClient mo = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
    AdminClient vera = AdminClient.of(running, "Vera", Map.of("blog", Role.VIEWER));
    String from = pageId(mo, "http/from.html");
    String into = pageId(mo, "http/into.html");
    var body = new JsonObject().put("into", into);
    assertEquals(403, vera.post("pages/" + from + "/merge", body).statusCode());
    assertEquals(422, mo.post("pages/" + into + "/merge", body).statusCode());

    JsonObject left = AdminClient.ok(mo.post("pages/" + from + "/merge", body));

    assertEquals(into, left.getString("id"));
    eventually(
        "both are there", () -> ids("http/into.html").equals(new TreeSet<>(List.of(first, other))));
    assertEquals(2, count("http/from.html"));
    assertEquals(
        "page-merge",
        running
            .database()
            .ask("select action from audit where object like 'page:%' order by id desc limit 1"));
    assertEquals(404, mo.post("pages/" + from + "/merge", body).statusCode());
  }

  private static String pageId(AdminClient who, String key) {
    return who.read("pages?q=" + key).getJsonArray("pages").getJsonObject(0).getString("id");
  }

  @Test
  void a_merge_that_was_stopped_halfway_is_ended_by_the_next_command() {
    String one = posted("half/a", "A");
    String two = posted("half/b", "B");
    // As it is after the first step: hidden, and nothing carried yet.
    running
        .database()
        .run(
            "insert into page_alias select site_id, key, "
                + threadOf(two)
                + " from page where id = "
                + threadOf(one)
                + "; update page set key = E'\\x01' || "
                + threadOf(two)
                + " || ':' || id where id = "
                + threadOf(one));

    assertEquals(0, page("merge", "half/a", "half/b", "--apply"));

    assertEquals(threadOf(two), threadOf(one));
    eventually("both are there", () -> ids("half/a").size() == 2);
    assertEquals("0", running.database().ask("select count(*) from page where key ~ E'^\\x01'"));
  }

  @Test
  void all_pages_under_an_address_move_with_it_twice_the_same() {
    var keys = List.of("blog/", "blog/one", "blog/two/three");
    var ids = new ArrayList<String>();
    for (String key : keys) ids.add(posted(key, "On " + key));
    String joined = posted("blog/new/one", "Was here before");
    String outside = posted("blogger", "Somewhere else");
    String before = everything();

    assertEquals(1, page("move", "blog/", "blog/new/", "--prefix"), "blog/new/one moves too");
    assertEquals(1, page("move", "blog/", "blog/new/", "--prefix", "--apply"));
    assertEquals(before, everything());
    assertEquals(0, page("move", "blog/new/one", "blog/new/new/one", "--apply"));
    String prepared = everything();
    assertNotEquals(before, prepared);
    assertEquals(0, page("move", "blog/", ORIGIN + "/journal/", "--prefix", "--apply"));
    String after = everything();
    assertEquals(0, page("move", "blog/", ORIGIN + "/journal/", "--prefix", "--apply"));
    assertEquals(after, everything(), "a second time changes nothing");

    for (int i = 0; i < keys.size(); i++) {
      String moved = keys.get(i).replace("blog/", "journal/");
      String id = ids.get(i);
      eventually(moved, () -> ids(moved).contains(id));
      assertEquals(ids(moved), ids(keys.get(i)));
      assertEquals(ORIGIN + "/" + moved + "#comment-" + id, led(id));
    }
    eventually("that one", () -> ids("journal/new/new/one").contains(joined));
    assertEquals(new TreeSet<>(List.of(outside)), ids("blogger"));
    // The new beginning begins with the old one.
    assertEquals(0, page("move", "journal/", "journal/2026/", "--prefix", "--apply"));
    String deeper = everything();
    assertEquals(0, page("move", "journal/", "journal/2026/", "--prefix", "--apply"));
    assertEquals(deeper, everything(), "a second time changes nothing");
    eventually("deeper", () -> ids("blog/one").equals(ids("journal/2026/one")));
  }

  @Test
  void what_cannot_be_is_refused_and_changes_nothing() {
    posted("odd/a", "A");
    String before = everything();

    assertEquals(1, page("move", "odd/none", "odd/b", "--apply"), "no such page");
    assertEquals(1, page("move", "odd/a", "https://evil.example/a", "--apply"), "not on the site");
    assertEquals(1, page("merge", "odd/a", "odd/none", "--apply"), "no such page to join");
    assertEquals(1, Commands.run(List.of("page", "move", "none", "odd/a", "odd/b"), environment()));
    assertEquals(2, page("move"));
    assertEquals(0, page("merge", "odd/a", "odd/a", "--apply"), "the same page");

    assertEquals(before, everything());
  }

  private int page(String command, String... more) {
    var words = new ArrayList<>(List.of("page", command, "blog"));
    words.addAll(List.of(more));
    return Commands.run(words, environment());
  }

  private Map<String, String> environment() {
    return Map.of(
        "DATABASE_URL", running.database().url(),
        "DATABASE_OWNER_URL", running.database().ownerUrl(),
        "AFTERWORD_SECRET", TestDatabase.SECRET);
  }

  /** Pages, former keys and where every comment stands. */
  private String everything() {
    return running
        .database()
        .ask(
            """
            select md5(string_agg(line, E'\\n' order by line)) from (
              select id || key || coalesce(url, '') || coalesce(title, '') as line from page
              union all select key || '>' || page_id from page_alias
              union all select id || '@' || thread_id || status from comment
              union all select 'audit ' || count(*) from audit where action like 'page%') lines
            """);
  }

  private String differences() {
    return running
        .database()
        .ask(
            """
            select count(*) from (
              select thread_id, count(*) as published from comment where status = 'published'
              group by thread_id) recount
            full join thread_counter using (thread_id)
            where coalesce(recount.published, 0) <> coalesce(thread_counter.published, 0)
              and thread_id in (select id from page)
            """);
  }

  private String audited() {
    return running
        .database()
        .ask("select action from audit where object like 'page:%' order by id limit 1");
  }

  private String threadOf(String id) {
    return running
        .database()
        .ask("select thread_id from comment where id = " + PublicId.parse(id).orElseThrow().row());
  }

  private int voted(String id) {
    var vote = new JsonObject().put("value", 1).put("commenterKey", "1".repeat(32));
    return await(
            running
                .request(
                    io.vertx.core.http.HttpMethod.PUT,
                    "/api/v1/sites/blog/comments/" + id + "/vote")
                .putHeader("Origin", ORIGIN)
                .sendJsonObject(vote))
        .statusCode();
  }

  private String posted(String key, String text) {
    JsonObject body = comment(text);
    body.getJsonObject("page").put("key", key).put("url", ORIGIN + "/" + key);
    var answer = running.send(body);
    assertEquals(201, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  private JsonObject thread(String key, String... more) {
    String page = URLEncoder.encode(key, StandardCharsets.UTF_8);
    return await(
            running.get("/api/v1/sites/blog/thread?page=" + page + String.join("", more)).send())
        .bodyAsJsonObject();
  }

  private long count(String key) {
    return thread(key).getJsonObject("thread").getLong("count");
  }

  private TreeSet<String> ids(String key) {
    var ids = new TreeSet<String>();
    thread(key)
        .getJsonArray("comments")
        .forEach(root -> ids.add(((JsonObject) root).getString("id")));
    return ids;
  }

  /** Both are told the same. */
  private long countsOf(String one, String other) {
    JsonObject counts =
        await(running.get("/api/v1/sites/blog/counts?page=" + one + "&page=" + other).send())
            .bodyAsJsonObject()
            .getJsonObject("counts");
    assertEquals(counts.getLong(one), counts.getLong(other));
    return counts.getLong(one);
  }

  private String led(String id) {
    var answer = await(running.get("/c/" + id).followRedirects(false).send());
    assertEquals(302, answer.statusCode());
    assertTrue(answer.getHeader("Location").startsWith(ORIGIN), answer.getHeader("Location"));
    return answer.getHeader("Location");
  }
}
