package afterword.journeys;

import static afterword.journeys.AdminClient.ok;
import static afterword.journeys.Notices.decide;
import static afterword.journeys.Notices.now;
import static afterword.journeys.Notices.problem;
import static afterword.journeys.Notices.statement;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.journeys.Notices.Posted;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The page where the author of a comment reads why it was taken down, and appeals. */
class ReasonsPageIT extends NoticeStage {
  /** The page's path, with its secret. */
  private static String path(Posted posted) {
    String url = readers.own(posted).getJsonObject("statement").getString("url");
    String base = running.service().config().publicBaseUrl();
    assertTrue(url.startsWith(base + "/c/" + posted.id() + "/reasons?token="), url);
    return url.substring(base.length());
  }

  @Test
  void it_shows_the_reasons_takes_the_appeal_and_shows_the_answer() {
    Posted posted = posted("Down **with** reasons");
    ok(decide(mo, "approve", null, now(mo, posted.id())));
    ok(decide(mo, "reject", statement("terms", "Rude <i>words</i>."), now(mo, posted.id())));
    String path = path(posted);

    Document page = readers.page(path);

    assertTrue(page.text().contains("Your comment was taken down."), page.text());
    assertTrue(page.text().contains("Rude <i>words</i>."));
    assertEquals("with", page.selectFirst("blockquote strong").text());
    assertEquals(1, page.select("dl").size(), "decisions that nobody has told before stay untold");
    assertEquals(422, readers.appeal(path, " ").statusCode());
    HttpResponse<Buffer> sent = readers.appeal(path, "It was a joke.");
    assertEquals(303, sent.statusCode(), sent.bodyAsString());
    assertEquals(path, sent.getHeader("Location"));
    assertTrue(readers.page(path).text().contains("Your appeal waits for another moderator."));
    assertEquals(0, readers.page(path).select("form").size());
    assertEquals(303, send(path, "Once more").statusCode(), "twice is once");

    ok(decide(otto, "reject", statement("terms", "Not a good one."), now(otto, posted.id())));

    assertTrue(readers.page(path).text().contains("Your appeal has been answered."));
    assertTrue(readers.page(path).text().contains("Not a good one."));
    assertEquals(409, send(path, "Not that either").statusCode(), "the answer is final");
  }

  @Test
  void it_opens_with_its_own_secret_alone() {
    Posted posted = posted("Secret reasons");
    Posted other = posted("Other reasons");
    for (Posted one : List.of(posted, other))
      ok(decide(mo, "reject", statement("terms", "Rude."), now(mo, one.id())));
    String path = path(posted);
    String bare = path.split("\\?")[0];
    String othersToken = path(other).split("token=")[1];

    for (String token :
        List.of("", "x", posted.ownerToken(), othersToken, path.split("token=")[1] + "x"))
      assertEquals(404, await(running.get(bare + "?token=" + token).send()).statusCode(), token);
    assertEquals(404, await(running.get(bare).send()).statusCode());
    assertEquals(400, await(running.get(path + "&token=x").send()).statusCode());
    assertEquals(404, send(bare + "?token=x", "Let me in").statusCode());
    HttpResponse<Buffer> foreign =
        await(
            running
                .postTo(bare)
                .putHeader("Origin", RunningService.ORIGIN)
                .sendForm(form(path, "From elsewhere")));
    assertEquals("403 origin-not-allowed", problem(foreign));
    HttpResponse<Buffer> shown = await(running.get(path).send());
    assertEquals("no-store", shown.getHeader("Cache-Control"));
    assertEquals("same-origin", shown.getHeader("Referrer-Policy"));
  }

  @Test
  void it_tells_nothing_of_what_is_not_told() {
    Posted posted = posted("Without a word");
    ok(decide(mo, "reject", statement("terms", "Rude."), now(mo, posted.id())));
    String path = path(posted);
    ok(decide(otto, "approve", null, now(otto, posted.id())));
    ok(decide(otto, "spam", null, now(otto, posted.id())));

    assertNull(readers.own(posted).getJsonObject("statement"));
    Document page = readers.page(path);
    assertEquals(2, page.select("dl").size(), page.text());
    assertTrue(page.text().contains("Decided again"));
    assertFalse(page.text().contains("spam"), page.text());
    assertEquals(0, page.select("form").size(), "nothing to appeal against");
  }

  @Test
  void it_is_not_there_once_the_comment_was_erased() {
    Posted posted = posted("Private matters");
    ok(decide(mo, "reject", statement("law", "Private."), now(mo, posted.id())));
    String path = path(posted);
    assertEquals(204, otto.delete("comments/" + posted.id() + "?erase=true").statusCode());

    assertEquals(404, await(running.get(path).send()).statusCode());
    assertEquals(404, send(path, "Why?").statusCode());
  }

  @Test
  void appeals_from_one_address_end_for_a_while_and_what_was_typed_is_kept() {
    HttpResponse<Buffer> answer = null;
    int taken = 0;
    for (int i = 0; i < 12 && (answer == null || answer.statusCode() == 303); i++) {
      Posted posted = readers.posted(comment("One of many, number " + i));
      ok(decide(mo, "reject", statement("terms", "Rude."), now(mo, posted.id())));
      answer = from("203.0.113.9", path(posted), "Because, number " + i);
      if (answer.statusCode() == 303) taken++;
    }

    assertEquals(10, taken);
    assertEquals(429, answer.statusCode());
    Document page = Jsoup.parse(answer.bodyAsString());
    assertEquals("Because, number 10", page.selectFirst("textarea").wholeText().strip());
    assertTrue(Integer.parseInt(answer.getHeader("Retry-After")) > 500);
  }

  private static HttpResponse<Buffer> send(String path, String why) {
    return readers.post(path.split("\\?")[0], form(path, why));
  }

  private static HttpResponse<Buffer> from(String address, String path, String why) {
    return await(
        running
            .postTo(path.split("\\?")[0])
            .followRedirects(false)
            .putHeader("Origin", running.service().config().publicBaseUrl())
            .putHeader("X-Forwarded-For", address)
            .sendForm(form(path, why)));
  }

  private static MultiMap form(String path, String why) {
    return MultiMap.caseInsensitiveMultiMap()
        .set("token", path.split("token=")[1])
        .set("appeal", why);
  }
}
