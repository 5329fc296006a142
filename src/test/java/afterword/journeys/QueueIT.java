package afterword.journeys;

import static afterword.journeys.AdminClient.item;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the queue finds, in which order, and what is on its cards. */
class QueueIT {
  private static final String OFFER =
      "I made 4,500 dollars last week working from home, see https://www.cheap.example/%d now";
  private static RunningService running;
  private static AdminClient moderator;
  private static String first;

  @BeforeAll
  static void fill() {
    var held =
        new SiteSettings(
            Mode.ALL, 1, 0, List.of("casino"), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    running = new RunningService(held);
    moderator = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
    first = post("Ada", "a.html", "The second paragraph misquotes the study it refers to.", 'a');
    post(
        "Bo",
        "a.html",
        "Jetzt kostenlos von zu Hause Geld verdienen, schreib mir sofort auf WhatsApp.",
        'b');
    post("Cy", "b.html", "Come to my casino and win a lot of money today.", 'c');
    for (int i = 1; i <= 3; i++) post("Di " + i, "b.html", OFFER.formatted(i), (char) ('d' + i));
    running
        .database()
        .run(
            """
            update comment set notes = jsonb_build_object('score', case author_name
              when 'Cy' then 0.97 when 'Bo' then 0.5 else 0.25 end);
            insert into flag (site_id, comment_id, reporter, reason, weight, created_at)
            select c.site_id, c.id, int8send(n), 'spam', 100, now() from comment c
            join generate_series(1, 2) n on c.author_name = 'Bo' or c.author_name = 'Ada' and n = 1
            """);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|Ada Bo Cy Di 1 Di 2 Di 3",
        "page=a.html|Ada Bo",
        "page=none|",
        "language=de|Bo",
        "reason=blocked-word|Cy",
        "link=cheap.example|Di 1 Di 2 Di 3",
        "q=has:link|Di 1 Di 2 Di 3",
        "q=-has:link page:a.html|Ada Bo",
        "q=link:www.cheap.example author:\"Di 2\"|Di 2",
        "q=MISQUOTES|Ada",
        "q=\"second paragraph\" misquotes|Ada",
        "q=\"paragraph second\"|",
        "q=money -casino|",
        "q=lang:de|Bo",
        "q=-lang:de page:a.html|Ada",
        "q=reason:blocked-word|Cy",
        "q=https://www.cheap|Di 1 Di 2 Di 3",
        "q=100%|",
        "q=score:>0.8|Cy",
        "q=score:<=0.8 -score:0.25|Bo",
        "q=flags:>1|Bo",
        "q=flags:1|Ada",
        "q=flags:<1 page:a.html|",
        "q=since:2099-01-01|",
        "q=before:2099-01-01 is:reply|",
        "q=status:published|",
        "order=newest&q=page:a.html|Ada Bo",
      })
  void finds(String query, String names) {
    Set<String> found = new TreeSet<>();
    for (JsonObject card : cards(query == null ? "" : query)) found.add(name(card));

    assertEquals(names == null ? "" : names, String.join(" ", found));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q=status:none|?status",
        "q=status:pending status:spam|?q",
        "q=has:cheese|?q",
        "q=score:high|?q",
        "q=flags:>|?q",
        "q=since:yesterday|?q",
        "q=-page:a.html|?q",
        "q=reason:none|?q",
        "language=german|?language",
        "order=due&status=published|?order",
        "order=up|?order",
        "author=x|?author",
      })
  void says_what_is_wrong_with_a_filter(String query, String pointer) {
    var answer = moderator.get("queue?" + encoded(query));

    assertEquals(400, answer.statusCode(), answer.bodyAsString());
    assertEquals(
        pointer,
        answer.bodyAsJsonObject().getJsonArray("errors").getJsonObject(0).getString("pointer"));
  }

  @Test
  void every_order_comes_page_by_page_without_loss_and_its_cursors_are_its_own() {
    for (String order : List.of("oldest", "newest", "due")) {
      List<String> whole = cards("order=" + order).stream().map(QueueIT::name).toList();
      var pages = new ArrayList<String>();
      String after = "";
      while (after != null) {
        JsonObject page = moderator.read("queue?limit=2&order=" + order + "&after=" + after);
        page.getJsonArray("cards").forEach(card -> pages.add(name((JsonObject) card)));
        after = page.getString("next");
      }
      assertEquals(whole, pages, order);
    }
    String next = moderator.read("queue?limit=2&order=oldest").getString("next");
    assertEquals(400, moderator.get("queue?order=due&after=" + next).statusCode());
  }

  @Test
  void what_weighs_more_is_due_before_what_is_a_little_older() {
    List<String> due = cards("order=due").stream().map(QueueIT::name).toList();

    assertEquals("Cy", due.get(0));
    // Bo resembles spam more, which is worth more than having come a moment later.
    assertEquals(List.of("Bo", "Ada"), due.subList(4, 6));
  }

  @Test
  void a_card_says_why_in_words_and_names_what_matched() {
    JsonObject casino = cards("q=author:Cy").get(0);
    JsonObject offer = cards("q=author:\"Di 1\"").get(0);

    assertEquals(new JsonArray().add("casino"), casino.getJsonArray("matched"));
    assertTrue(
        casino.getJsonArray("why").encode().contains("The text holds a blocked word: casino."));
    assertEquals(new JsonArray().add("cheap.example"), offer.getJsonArray("linkHosts"));
    assertEquals("en", offer.getString("language"));
  }

  @Test
  void a_card_names_what_is_like_it_and_one_decision_takes_all_of_them_and_gives_them_back() {
    JsonObject card = cards("q=author:\"Di 2\"").get(0);
    JsonArray byLink = similar(card, "link");
    assertEquals(2, byLink.size());
    assertEquals(2, similar(card, "text").size());
    byLink.add(item(card.getString("id"), card.getInteger("version")));

    JsonObject decided =
        moderator.decide(
            "spam", byLink.stream().map(JsonObject.class::cast).toArray(JsonObject[]::new));
    int left = cards("link=cheap.example").size();
    AdminClient.ok(
        moderator.post("decisions/" + decided.getString("id") + "/undo", new JsonObject()));

    assertEquals(0, left);
    assertEquals(3, cards("link=cheap.example").size());
  }

  @Test
  void a_card_brings_its_author_its_surroundings_and_what_was_approved() {
    String root = post("Ed", "c.html", "A root that is going to be approved first", 'x');
    moderator.decide("approve", item(root, 1));
    String reply = post("Fay", "c.html", "A reply to what Ed has said", 'y', root);
    moderator.post(
        "decisions",
        new JsonObject()
            .put("action", "reject")
            .put("reason", "off-topic")
            .put("note", "third time")
            .put("items", new JsonArray().add(item(reply, 1))));
    String second = post("Fay", "c.html", "Another reply to what Ed has said", 'y', root);
    String near = post("Gil", "c.html", "Somebody else from the same house", 'z');
    running
        .database()
        .run("update comment set range_hash = 'r' where author_name in ('Fay', 'Gil')");

    JsonObject card = card(second);
    JsonObject history = card.getJsonObject("history");
    JsonObject context = card.getJsonObject("context");

    assertEquals(1, history.getInteger("rejected"));
    assertEquals(0, history.getInteger("approved"));
    assertEquals("off-topic", history.getJsonObject("lastDecision").getString("reason"));
    assertEquals("Mo", history.getJsonObject("lastDecision").getString("by"));
    assertEquals("third time", history.getJsonArray("notes").getJsonObject(0).getString("text"));
    assertEquals("Gil", history.getJsonArray("sameRange").getJsonObject(0).getString("name"));
    assertEquals(root, context.getJsonArray("ancestors").getJsonObject(0).getString("id"));
    assertEquals(root, card.getJsonObject("parent").getString("id"));
    assertNull(card.getString("approvedText"));
    moderator.decide("delete", item(near, 1), item(second, 1), item(root, 2));
  }

  private static JsonObject card(String id) {
    return cards("").stream()
        .filter(card -> card.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonArray similar(JsonObject card, String by) {
    return card.getJsonArray("similar").stream()
        .map(JsonObject.class::cast)
        .filter(group -> group.getString("by").equals(by))
        .findFirst()
        .orElseThrow()
        .getJsonArray("items");
  }

  private static List<JsonObject> cards(String query) {
    return moderator.read("queue?limit=100&" + encoded(query)).getJsonArray("cards").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static String encoded(String query) {
    var parts = new ArrayList<String>();
    for (String part : query.split("&")) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2)
        parts.add(pair[0] + "=" + URLEncoder.encode(pair[1], StandardCharsets.UTF_8));
    }
    return String.join("&", parts);
  }

  private static String name(JsonObject card) {
    return card.getJsonObject("author").getString("name");
  }

  private static String post(String name, String page, String text, char key) {
    return post(name, page, text, key, null);
  }

  private static String post(String name, String page, String text, char key, String parent) {
    JsonObject body = comment(text).put("parentId", parent);
    body.getJsonObject("page").put("key", page).put("url", RunningService.ORIGIN + "/" + page);
    body.getJsonObject("author").put("name", name);
    body.put("commenterKey", Integer.toHexString(key).repeat(16));
    var answer =
        await(
            running
                .post()
                .putHeader("X-Forwarded-For", "198.51.100." + (int) key)
                .sendJsonObject(body));
    assertEquals(202, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject().getJsonObject("comment").getString("id");
  }
}
