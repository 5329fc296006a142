package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlainPageIT {
  private static final SiteSettings SETTINGS =
      new SiteSettings(Mode.OPEN, 1, 0, List.of(), true, Limits.TEXT, 6, 900, 1_000, 1, 10_000);
  private static RunningService running;

  @BeforeAll
  static void start() {
    running = new RunningService(SETTINGS);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void reads_nested_comments_and_leads_back_to_the_article() {
    String root =
        running
            .send(comment("Root & <b>more</b>"))
            .bodyAsJsonObject()
            .getJsonObject("comment")
            .getString("id");
    running.send(comment("A reply").put("parentId", root));

    Document page = page("/t?site=blog&page=a.html&order=oldest");

    Element shown = page.getElementById("comment-" + root);
    assertEquals("Root & <b>more</b>", shown.selectFirst(".body").text());
    assertEquals("A reply", shown.selectFirst(".replies .body").text());
    assertEquals("https://blog.example/a.html", page.selectFirst(".back a").attr("href"));
    assertEquals(
        "https://blog.example/a.html", page.selectFirst("link[rel=canonical]").attr("href"));
    assertEquals(0, page.select("script").size());
  }

  @Test
  void posts_and_leads_to_the_comment() {
    Document form = page("/t?site=blog&page=plain.html");

    HttpResponse<Buffer> answer = send(filled(form, "Ada", "Written *without* script"));

    assertEquals(303, answer.statusCode(), answer.bodyAsString());
    String location = answer.getHeader("Location");
    Document page = page(location.substring(0, location.indexOf('#')));
    Element shown = page.getElementById(location.substring(location.indexOf('#') + 1));
    assertEquals("Written <em>without</em> script", shown.selectFirst(".body p").html());
    assertEquals("1 Comment: Post a Comment", page.selectFirst("h1").text());
  }

  @Test
  void replies_to_the_comment_chosen() {
    send(filled(page("/t?site=blog&page=reply.html"), "Ada", "First"));
    Document page = page("/t?site=blog&page=reply.html");

    Document form = page(page.selectFirst(".act a").attr("href").split("#")[0]);
    assertEquals("Reply to Ada", form.selectFirst("#write h2").text());
    assertEquals(303, send(filled(form, "Bob", "Second")).statusCode());

    assertEquals(
        "Second", page("/t?site=blog&page=reply.html").selectFirst(".replies .body").text());
  }

  @Test
  void a_second_click_makes_no_second_comment() {
    MultiMap form = filled(page("/t?site=blog&page=twice.html"), "Ada", "Only once");

    HttpResponse<Buffer> first = send(form);
    HttpResponse<Buffer> second = send(form);

    assertEquals(first.getHeader("Location"), second.getHeader("Location"));
    assertEquals(303, second.statusCode());
    assertEquals(1, page("/t?site=blog&page=twice.html").select(".comments > li").size());
  }

  @Test
  void shows_a_held_comment_to_its_author_alone() {
    HttpResponse<Buffer> answer =
        send(filled(page("/t?site=blog&page=held.html"), "Ada", "See https://x.example"));

    assertEquals(200, answer.statusCode());
    assertEquals("no-store", answer.getHeader("Cache-Control"));
    assertTrue(
        Jsoup.parse(answer.bodyAsString())
            .selectFirst(".body")
            .text()
            .contains("See https://x.example"));
    assertFalse(page("/t?site=blog&page=held.html").text().contains("x.example"));
    String reasons =
        Jsoup.parse(answer.bodyAsString()).selectFirst("a[href*=/reasons]").attr("href");
    assertTrue(page(reasons).text().contains("Nobody has given reasons"), reasons);
    assertTrue(page(reasons).selectFirst("blockquote").text().contains("x.example"));
  }

  @Test
  void keeps_the_text_when_something_is_wrong_with_it() {
    MultiMap form =
        filled(page("/t?site=blog&page=wrong.html"), "", "<b>Kept</b> & \"quoted\"")
            .set("email", "nonsense");

    HttpResponse<Buffer> answer = send(form);

    assertEquals(422, answer.statusCode());
    Document page = Jsoup.parse(answer.bodyAsString());
    assertEquals("<b>Kept</b> & \"quoted\"", page.selectFirst("textarea").wholeText().strip());
    assertEquals("Name is required.", page.getElementById("name-error").text());
    assertEquals("true", page.getElementById("email").attr("aria-invalid"));
    assertEquals("nonsense", page.getElementById("email").attr("value"));
  }

  @Test
  void keeps_the_text_when_the_form_is_too_old_and_gives_a_new_one() {
    MultiMap form =
        filled(page("/t?site=blog&page=old.html"), "Ada", "Slowly written")
            .set("stamp", "zzz.forged");

    HttpResponse<Buffer> answer = send(form);

    assertEquals(422, answer.statusCode());
    Document page = Jsoup.parse(answer.bodyAsString());
    assertEquals("Slowly written", page.selectFirst("textarea").wholeText().strip());
    assertEquals(303, send(filled(page, "Ada", "Slowly written")).statusCode());
  }

  @Test
  void takes_a_form_from_its_own_page_only() {
    MultiMap form = filled(page("/t?site=blog&page=own.html"), "Ada", "From elsewhere");
    for (String origin :
        new String[] {RunningService.ORIGIN, "null", "https://evil.example", null}) {
      HttpRequest<Buffer> request = running.post().uri("/t");
      request.headers().remove("Origin");
      if (origin != null) request.putHeader("Origin", origin);
      assertEquals(403, await(request.sendForm(form)).statusCode(), origin);
    }
  }

  @Test
  void takes_the_longest_comment_that_is_legal() {
    for (String sign : new String[] {"語", "😀"}) {
      MultiMap form = filled(page("/t?site=blog&page=long.html"), "Ada", sign.repeat(Limits.TEXT));

      assertEquals(303, send(form).statusCode(), sign);
    }
    MultiMap tooLong =
        filled(page("/t?site=blog&page=long.html"), "Ada", "x".repeat(Limits.TEXT + 1));
    assertEquals(422, send(tooLong).statusCode());
  }

  @Test
  void a_page_is_the_same_for_everybody_and_may_be_kept() {
    HttpResponse<Buffer> page = await(running.get("/t?site=blog&page=kept.html").send());

    assertTrue(page.getHeader("Cache-Control").contains("public"));
    assertNull(page.getHeader("Set-Cookie"));
    assertTrue(page.getHeader("Content-Security-Policy").contains("default-src 'none'"));
    assertEquals("same-origin", page.getHeader("Referrer-Policy"));
    // Comments of other tests may be on their way, and each makes it another page.
    eventually("it may be kept", () -> isUnchanged("/t?site=blog&page=kept.html"));
  }

  /** A second reading under the tag of the first. */
  private boolean isUnchanged(String path) {
    String tag = await(running.get(path).send()).getHeader("ETag");
    return await(running.get(path).putHeader("If-None-Match", tag).send()).statusCode() == 304;
  }

  @Test
  void names_that_look_like_markup_stay_text() {
    send(
        filled(
            page("/t?site=blog&page=xss.html"),
            "\"><img src=x onerror=alert(1)>",
            "</textarea><script>alert(1)</script>"));

    Document page = page("/t?site=blog&page=xss.html&x=%22%3E%3Cscript%3E");

    assertEquals(0, page.select("img, script").size());
  }

  private static MultiMap filled(Document page, String name, String text) {
    MultiMap form = MultiMap.caseInsensitiveMultiMap();
    for (Element input : page.select("form input"))
      form.set(input.attr("name"), input.attr("value"));
    return form.set("name", name).set("body", text);
  }

  private static HttpResponse<Buffer> send(MultiMap form) {
    HttpRequest<Buffer> request = running.post().uri("/t").followRedirects(false);
    return await(
        request.putHeader("Origin", running.service().config().publicBaseUrl()).sendForm(form));
  }

  private static Document page(String path) {
    HttpResponse<Buffer> answer = await(running.get(path).send());
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
    return Jsoup.parse(answer.bodyAsString());
  }
}
