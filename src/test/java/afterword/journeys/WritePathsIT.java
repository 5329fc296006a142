package afterword.journeys;

import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.bench.Abreast;
import afterword.markup.Corpus;
import afterword.markup.PlainText;
import afterword.markup.SafeHtml;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every hostile text by every way in which text gets in: each makes the same safe HTML of it or
 * refuses it, and what is opened for editing and saved as it is comes back byte for byte.
 */
class WritePathsIT {
  private static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 1_000, List.of(), true, Limits.TEXT, 6, 900, 100_000, 1, 1_000_000);

  private static RunningService running;
  private static AdminClient moderator;

  /** Each by somebody else: how many one may ask for is limited. */
  private static final AtomicInteger PREVIEWS = new AtomicInteger();

  @BeforeAll
  static void start() {
    running = new RunningService(OPEN);
    moderator = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  /** A comment as it is stored. */
  private record Stored(String source, String html, String name, String url, String title) {}

  @Test
  void every_way_in_makes_the_same_of_a_text_and_gives_it_back_as_it_is() throws Exception {
    List<String> texts =
        Stream.concat(
                Corpus.markdownXss().stream(),
                Corpus.unicodeNaughty().stream().map(Corpus.Entry::text))
            .toList();
    var tried = new ArrayList<Tried>();
    try (var abreast = new Abreast<Tried>()) {
      for (int i = 0; i < texts.size(); i++) {
        int number = i;
        abreast.begin("t" + i, () -> tried(number, texts.get(number)));
      }
      for (int i = 0; i < texts.size(); i++) tried.add(abreast.end("t" + i));
    }

    for (int i = 0; i < texts.size(); i++)
      if (tried.get(i) == Tried.REFUSED)
        assertTrue(
            PlainText.isBlank(texts.get(i)) || !PlainText.isWellFormed(texts.get(i)),
            "refused: " + texts.get(i));
    long names = tried.stream().filter(one -> one == Tried.TAKEN_AS_NAME_TOO).count();
    assertTrue(names > 100, names + " were taken as names");
  }

  private enum Tried {
    REFUSED,
    TAKEN,
    TAKEN_AS_NAME_TOO
  }

  private static Tried tried(int i, String text) {
    HttpResponse<Buffer> previewed = preview(text);
    HttpResponse<Buffer> posted = post("t" + i, text, "Ada");
    if (posted.statusCode() != 201) {
      assertTrue(posted.statusCode() == 400 || posted.statusCode() == 422, text);
      assertEquals(posted.statusCode(), edited(plain("e" + i), text).statusCode(), text);
      assertEquals(posted.statusCode(), moderated(plain("m" + i), 1, text).statusCode(), text);
      assertEquals(posted.statusCode(), replied(plain("r" + i), text).statusCode(), text);
      return Tried.REFUSED;
    }
    Stored made = stored(idOf(posted));
    SafeHtml.check(made.html, text);
    SafeHtml.checkStable(made.html, text);
    assertEquals(made.html, previewed.bodyAsJsonObject().getString("html"), text);
    givesBack(posted, made);
    assertEquals(made.html, changed(plain("e" + i), text).html, text);
    assertEquals(made.html, moderatedText(plain("m" + i), text).html, text);
    assertEquals(made.html, stored(cardOf(replied(plain("r" + i), text))).html, text);
    assertEquals(made.html, withoutScript("f" + i, text, made), text);
    return isTakenAsName("n" + i, text) ? Tried.TAKEN_AS_NAME_TOO : Tried.TAKEN;
  }

  /** What the author and what a moderator is shown to edit, saved as it is, changes nothing. */
  private static void givesBack(HttpResponse<Buffer> posted, Stored made) {
    JsonObject comment = posted.bodyAsJsonObject().getJsonObject("comment");
    String source = own(posted).getJsonObject("comment").getString("source");
    assertEquals(made.source, source);
    assertEquals(200, edited(posted, source).statusCode(), source);
    assertEquals(made, stored(idOf(posted)));

    String id = comment.getString("id");
    JsonObject card = moderator.read("comments/" + id).getJsonObject("card");
    assertEquals(made.source, card.getString("source"));
    AdminClient.ok(moderated(posted, card.getInteger("version"), card.getString("source")));
    assertEquals(made, stored(id));
  }

  /** As a name and as an address of the author, as the page's title; each comes back as text. */
  private static boolean isTakenAsName(String page, String text) {
    HttpResponse<Buffer> posted = post(page, "Hello from " + page, text);
    if (posted.statusCode() != 201) return false;
    JsonObject author = own(posted).getJsonObject("comment").getJsonObject("author");
    Stored made = stored(idOf(posted));
    assertEquals(made.name, author.getString("name"));
    assertEquals(200, edited(posted, made.source).statusCode());
    assertEquals(made, stored(idOf(posted)), "the name after an edit");
    Document shown = page("/t?site=blog&page=" + page);
    assertEquals(0, shown.select("article script, article img, article svg, [onerror]").size());
    Element link = shown.selectFirst(".comments a[rel~=ugc]");
    assertTrue(link == null || link.attr("href").matches("https?://.*"), text);
    return true;
  }

  private static String withoutScript(String page, String text, Stored made) {
    Document form = page("/t?site=blog&page=" + page);
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    for (Element input : form.select("form input"))
      fields.set(input.attr("name"), input.attr("value"));
    HttpResponse<Buffer> answer =
        await(
            running
                .post()
                .uri("/t")
                .followRedirects(false)
                .putHeader("Origin", running.service().config().publicBaseUrl())
                .sendForm(fields.set("name", "Ada").set("body", text)));
    assertEquals(303, answer.statusCode(), text + answer.bodyAsString());
    String id = answer.getHeader("Location").replaceAll(".*#comment-", "");
    assertEquals(made.source, stored(id).source, text);
    return stored(id).html;
  }

  private static HttpResponse<Buffer> preview(String text) {
    int person = PREVIEWS.getAndIncrement();
    return await(
        running
            .postTo("/api/v1/sites/blog/preview")
            .putHeader("Origin", ORIGIN)
            .putHeader("X-Forwarded-For", "10.0." + person / 250 + "." + person % 250)
            .sendJsonObject(new JsonObject().put("body", text)));
  }

  private static HttpResponse<Buffer> post(String page, String text, String name) {
    var json =
        new JsonObject()
            .put(
                "page",
                new JsonObject()
                    .put("key", page)
                    .put("url", ORIGIN + "/" + page)
                    .put("title", name))
            .put("author", new JsonObject().put("name", name))
            .put("body", text);
    return running.send(json);
  }

  private static HttpResponse<Buffer> plain(String page) {
    return post(page, "Something plain on " + page, "Ada");
  }

  private static JsonObject own(HttpResponse<Buffer> posted) {
    return AdminClient.ok(
        await(
            running
                .get("/api/v1/sites/blog/comments/" + idOf(posted))
                .bearerTokenAuthentication(posted.bodyAsJsonObject().getString("ownerToken"))
                .send()));
  }

  private static HttpResponse<Buffer> edited(HttpResponse<Buffer> posted, String text) {
    String etag = "\"" + version(posted) + "\"";
    return await(
        running
            .request(HttpMethod.PATCH, "/api/v1/sites/blog/comments/" + idOf(posted))
            .putHeader("Origin", ORIGIN)
            .putHeader("If-Match", etag)
            .bearerTokenAuthentication(posted.bodyAsJsonObject().getString("ownerToken"))
            .sendJsonObject(new JsonObject().put("body", text)));
  }

  private static Stored changed(HttpResponse<Buffer> posted, String text) {
    assertEquals(200, edited(posted, text).statusCode(), text);
    return stored(idOf(posted));
  }

  private static HttpResponse<Buffer> moderated(
      HttpResponse<Buffer> posted, int version, String text) {
    return moderator.patch(
        "comments/" + idOf(posted), new JsonObject().put("body", text).put("version", version));
  }

  private static Stored moderatedText(HttpResponse<Buffer> posted, String text) {
    AdminClient.ok(moderated(posted, 1, text));
    return stored(idOf(posted));
  }

  private static HttpResponse<Buffer> replied(HttpResponse<Buffer> posted, String text) {
    return moderator.post(
        "comments/" + idOf(posted) + "/replies", new JsonObject().put("body", text));
  }

  private static String cardOf(HttpResponse<Buffer> replied) {
    assertEquals(201, replied.statusCode(), replied.bodyAsString());
    return replied.bodyAsJsonObject().getJsonObject("card").getString("id");
  }

  private static String idOf(HttpResponse<Buffer> posted) {
    return posted.bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  private static int version(HttpResponse<Buffer> posted) {
    return row(idOf(posted)).getInteger("version");
  }

  private static Stored stored(String id) {
    JsonObject row = row(id);
    return new Stored(
        row.getString("source"),
        row.getString("html"),
        row.getString("author_name"),
        row.getString("author_url"),
        row.getString("title"));
  }

  private static JsonObject row(String id) {
    return new JsonObject(
        running
            .database()
            .ask(
                """
                select row_to_json(r) from (
                  select source, html, author_name, author_url, version,
                    (select title from page where page.id = thread_id) as title
                  from comment where id = %d) r
                """
                    .formatted(PublicId.parse(id).orElseThrow().row())));
  }

  private static Document page(String path) {
    HttpResponse<Buffer> answer = await(running.get(path).send());
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
    return Jsoup.parse(answer.bodyAsString());
  }
}
