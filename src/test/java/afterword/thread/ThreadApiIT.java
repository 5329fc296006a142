package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.events.EventStore;
import afterword.http.Problems;
import afterword.journeys.Eventually;
import afterword.keys.Keys;
import afterword.site.SiteStore;
import afterword.site.Sites;
import com.aayushatharva.brotli4j.decoder.Decoder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ThreadApiIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Vertx vertx;
  private static Database database;
  private static EventFeed feed;
  private static HttpServer server;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    database = DATABASE.open(vertx);
    feed = new EventFeed(vertx, database, new EventStore());
    var sites = new Sites(new SiteStore(database), feed, "http://localhost:1", Clock.systemUTC());
    var keys = new Keys(TestDatabase.SECRET);
    var api =
        new ThreadApi(
            database,
            sites,
            feed,
            keys,
            new ReadCache(Clock.systemUTC(), 10_000_000),
            Clock.systemUTC());
    Router router = Router.router(vertx);
    router.route("/sites/:site/thread").handler(api::show);
    router.route("/sites/:site/comments/:id/replies").handler(api::replies);
    router.route("/sites/:site/counts").handler(api::counts);
    router.route("/sites/:site/latest").handler(api::latest);
    router.route().failureHandler(new Problems("http://localhost:1"));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    seed();
  }

  private static void seed() {
    var seed = new Seed(DATABASE).site(1, "blog").page(1, 10, "talks").page(1, 11, "many");
    seed.root(1, 10, 100, 1).root(1, 10, 101, 2);
    for (int i = 0; i < 130; i++) seed.reply(1, 10, 200 + i, 100, 100, 10 + i);
    for (int i = 0; i < 9; i++) seed.root(1, 11, 500 + i, i);
    seed.page(1, 30, "deep").root(1, 30, 600, 0);
    for (int i = 1; i <= 110; i++) seed.reply(1, 30, 600 + i, i == 7 ? 605 : 600, 600, i);
    seed.reply(1, 30, 800, 607, 600, 120);
  }

  @AfterAll
  static void stop() throws Exception {
    server
        .shutdown(0, TimeUnit.SECONDS)
        .compose(closed -> database.close())
        .await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void a_page_reads_as_the_contract_says() {
    JsonObject thread = json(get("/sites/blog/thread?page=talks&order=oldest"));

    assertEquals("talks", thread.getJsonObject("thread").getString("page"));
    assertEquals(6, thread.getJsonObject("policy").getInteger("maxDepth"));
    JsonObject root = thread.getJsonArray("comments").getJsonObject(0);
    assertEquals("112s", root.getString("id"));
    assertEquals("Ada", root.getJsonObject("author").getString("name"));
    assertEquals("2026-01-01T00:00:01Z", root.getString("createdAt"));
    assertEquals(3, root.getJsonArray("replies").size());
    assertFalse(thread.encode().contains("mail.example"));
  }

  @Test
  void an_address_and_its_key_are_the_same_page() {
    String address =
        URLEncoder.encode(
            "https://blog.example/talks?utm_source=x#comments", StandardCharsets.UTF_8);

    assertEquals(
        json(get("/sites/blog/thread?page=talks")),
        json(get("/sites/blog/thread?page=" + address)));
  }

  @Test
  void cursors_lead_through_all_roots_and_all_replies() {
    List<String> roots = new ArrayList<>();
    String next = "";
    while (next != null) {
      JsonObject page =
          json(
              get(
                  "/sites/blog/thread?page=many&limit=4"
                      + (next.isEmpty() ? "" : "&after=" + next)));
      page.getJsonArray("comments").forEach(one -> roots.add(((JsonObject) one).getString("id")));
      next = page.getString("next");
    }
    assertEquals(9, roots.stream().distinct().count());

    List<String> replies = new ArrayList<>();
    JsonObject root =
        json(get("/sites/blog/thread?page=talks&order=oldest"))
            .getJsonArray("comments")
            .getJsonObject(0);
    next = root.getString("nextReplies");
    while (next != null) {
      JsonObject rest =
          json(get("/sites/blog/comments/" + root.getString("id") + "/replies?after=" + next));
      rest.getJsonArray("replies").forEach(one -> replies.add(((JsonObject) one).getString("id")));
      next = rest.getString("nextReplies");
    }
    assertEquals(127, replies.stream().distinct().count());
  }

  @Test
  void a_cursor_that_was_altered_or_belongs_elsewhere_is_refused() {
    String cursor = json(get("/sites/blog/thread?page=many&limit=4")).getString("next");

    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String altered = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertEquals(
          400, get("/sites/blog/thread?page=many&limit=4&after=" + altered).statusCode(), altered);
    }
    assertEquals(400, get("/sites/blog/thread?page=talks&after=" + cursor).statusCode());
    assertEquals(
        400, get("/sites/blog/thread?page=many&order=oldest&after=" + cursor).statusCode());
    assertEquals(400, get("/sites/blog/thread?page=many&after=%00").statusCode());
  }

  @Test
  void around_a_comment_the_page_holds_it_with_its_root() {
    JsonObject page = json(get("/sites/blog/thread?page=talks&limit=1&around=" + id(320)));

    JsonObject root = page.getJsonArray("comments").getJsonObject(0);
    assertEquals(id(100), root.getString("id"));
    List<String> replies =
        root.getJsonArray("replies").stream()
            .map(one -> ((JsonObject) one).getString("id"))
            .toList();
    assertTrue(replies.containsAll(List.of(id(200), id(320))), replies.toString());
    assertEquals(replies.size(), replies.stream().distinct().count());
    assertTrue(replies.size() <= 103);
  }

  @Test
  void around_a_comment_its_ancestors_are_open_however_far_back() {
    JsonObject page = json(get("/sites/blog/thread?page=deep&around=" + id(800)));

    List<String> replies =
        page.getJsonArray("comments").getJsonObject(0).getJsonArray("replies").stream()
            .map(one -> ((JsonObject) one).getString("id"))
            .toList();
    assertTrue(replies.containsAll(List.of(id(605), id(607), id(800))), "" + replies);
    assertFalse(replies.contains(id(606)), "the gap stays one");
    assertEquals(replies.size(), replies.stream().distinct().count());
    assertTrue(replies.indexOf(id(605)) < replies.indexOf(id(607)));
  }

  @Test
  void around_something_that_is_gone_is_the_first_page() {
    byte[] first = get("/sites/blog/thread?page=many").body();

    for (String id : List.of("119zzz", "nonsense!", id(100))) {
      byte[] page =
          get("/sites/blog/thread?page=many&around="
                  + URLEncoder.encode(id, StandardCharsets.UTF_8))
              .body();
      assertEquals(
          new String(first, StandardCharsets.UTF_8), new String(page, StandardCharsets.UTF_8));
    }
  }

  @Test
  void nobody_asked_yet_is_an_empty_thread_and_no_site_is_not_found() {
    JsonObject empty = json(get("/sites/blog/thread?page=nowhere"));

    assertEquals(0, empty.getJsonObject("thread").getInteger("count"));
    assertTrue(empty.getJsonObject("thread").getBoolean("open"));
    assertEquals(0, empty.getJsonArray("comments").size());
    assertNull(empty.getString("next"));
    assertEquals(404, get("/sites/none/thread?page=x").statusCode());
    assertEquals(400, get("/sites/blog/thread").statusCode());
    assertEquals("1", DATABASE.ask("select count(*) from page where key = 'many'"));
    assertEquals("0", DATABASE.ask("select count(*) from page where key = 'nowhere'"));
  }

  @Test
  void says_when_nothing_changed_in_whichever_encoding() {
    HttpResponse<byte[]> plain = get("/sites/blog/thread?page=many");
    HttpResponse<byte[]> zipped =
        get("/sites/blog/thread?page=many", "Accept-Encoding", "br;q=0, gzip");
    String tag = plain.headers().firstValue("ETag").orElseThrow();

    assertEquals(
        tag.replaceFirst("\"$", "-gz\""), zipped.headers().firstValue("ETag").orElseThrow());
    assertEquals(new String(plain.body(), StandardCharsets.UTF_8), unzipped(zipped.body()));
    assertEquals("accept-encoding", plain.headers().firstValue("Vary").orElseThrow().toLowerCase());
    assertEquals(304, get("/sites/blog/thread?page=many", "If-None-Match", tag).statusCode());
    assertEquals(
        304,
        get("/sites/blog/thread?page=many", "If-None-Match", "W/" + tag, "Accept-Encoding", "gzip")
            .statusCode());
    assertEquals(
        200, get("/sites/blog/thread?page=many", "If-None-Match", "\"other\"").statusCode());
  }

  @Test
  void sends_brotli_to_who_takes_it_once_its_library_is_unpacked() throws Exception {
    Eventually.eventually(
        "brotli comes",
        () ->
            "br"
                .equals(
                    codingOf(get("/sites/blog/thread?page=many", "Accept-Encoding", "br, gzip"))));
    HttpResponse<byte[]> plain = get("/sites/blog/thread?page=many");
    HttpResponse<byte[]> small = get("/sites/blog/thread?page=many", "Accept-Encoding", "br");

    assertTrue(small.headers().firstValue("ETag").orElseThrow().endsWith("-br\""));
    assertArrayEquals(plain.body(), Decoder.decompress(small.body()).getDecompressedData());
  }

  private static String codingOf(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Content-Encoding").orElse("");
  }

  @Test
  void head_tells_the_length_and_sends_nothing() throws Exception {
    HttpResponse<byte[]> head =
        CLIENT.send(
            request("/sites/blog/thread?page=many")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertEquals(0, head.body().length);
    assertEquals(
        get("/sites/blog/thread?page=many").body().length,
        head.headers().firstValueAsLong("Content-Length").orElseThrow());
  }

  @Test
  void an_event_shows_at_once() {
    new Seed(DATABASE).page(1, 12, "live").root(1, 12, 900, 1);
    byte[] before = get("/sites/blog/thread?page=live").body();
    new Seed(DATABASE).root(1, 12, 901, 2);

    feed.announce(new Event(1, Event.Kind.COMMENT_ADDED, 12, 901, 901, 1));

    assertNotEquals(
        new String(before, StandardCharsets.UTF_8),
        new String(get("/sites/blog/thread?page=live").body(), StandardCharsets.UTF_8));
  }

  @Test
  void counts_answer_under_the_very_string_asked() {
    new Seed(DATABASE).event(1, 11, 500, 500, 1);
    // Or it becomes a part of the thread's version at any time in other tests.
    DATABASE.settle();
    String address = "https://blog.example/many?utm_source=x";

    JsonObject counts =
        json(
            get(
                "/sites/blog/counts?page=many&page=none&page="
                    + URLEncoder.encode(address, StandardCharsets.UTF_8)));

    assertEquals(
        new JsonObject().put("many", 1).put("none", 0).put(address, 1),
        counts.getJsonObject("counts"));
    assertEquals(400, get("/sites/blog/counts").statusCode());
    assertEquals(
        400,
        get("/sites/blog/counts?" + "page=x%d&".repeat(101).formatted(numbers(101))).statusCode());
    assertEquals(
        200,
        get("/sites/blog/counts?" + "page=x%d&".repeat(100).formatted(numbers(100))).statusCode());
  }

  @Test
  void the_latest_name_their_page() {
    JsonObject latest = json(get("/sites/blog/latest?limit=2"));

    assertEquals(2, latest.getJsonArray("comments").size());
    assertEquals(
        "talks",
        latest.getJsonArray("comments").getJsonObject(0).getJsonObject("page").getString("key"));
    assertEquals(400, get("/sites/blog/latest?limit=101").statusCode());
  }

  private static Object[] numbers(int many) {
    return java.util.stream.IntStream.range(0, many).boxed().toArray();
  }

  private static String id(long row) {
    return new afterword.model.PublicId(1, row).toString();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
  }

  private static HttpResponse<byte[]> get(String path, String... headers) {
    var request = request(path);
    if (headers.length > 0) request.headers(headers);
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (Exception failed) {
      throw new AssertionError(path, failed);
    }
  }

  private static JsonObject json(HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertEquals(200, response.statusCode(), body);
    return new JsonObject(body);
  }

  private static String unzipped(byte[] bytes) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
