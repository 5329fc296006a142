package afterword.journeys;

import static afterword.journeys.AdminClient.ok;
import static afterword.journeys.Notices.card;
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
import afterword.model.PublicId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What a notice ends in, who is dealt it, and that it cannot be settled by the way. */
class NoticeEndsIT extends NoticeStage {
  @Test
  void taking_back_that_a_comment_stays_opens_its_reports_again() {
    String id = posted("Reported twice and noticed").id();
    flag(id, 1);
    readers.filed(id, "Because");
    String first =
        ok(decide(mo, "approve", statement("none", "Fine."), now(mo, id))).getString("id");
    assertEquals("1", flags(id, "not upheld"));
    CLOCK.advance(Duration.ofMinutes(1));
    flag(id, 2);
    readers.filed(id, "Because of something else");
    String second =
        ok(decide(otto, "approve", statement("none", "Fine too."), now(otto, id))).getString("id");
    assertEquals("2", flags(id, "not upheld"));

    ok(mo.post("decisions/" + second + "/undo", new JsonObject()));

    assertEquals("1", flags(id, "settled_at is null"), "those that the second decision settled");
    assertEquals("1", flags(id, "not upheld"), "and no others");
    ok(mo.post("decisions/" + first + "/undo", new JsonObject()));
    assertEquals("2", flags(id, "settled_at is null"));
    assertEquals("published", card(mo, id).getString("status"));
    assertNull(card(mo, id).getString("decidedAt"), "as if it had never been decided on");
  }

  private static void flag(String id, int reporter) {
    HttpResponse<Buffer> answer =
        await(
            running
                .postTo("/api/v1/sites/blog/comments/" + id + "/flags")
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader("X-Forwarded-For", "203.0.113." + reporter)
                .sendJsonObject(
                    new JsonObject()
                        .put("reason", "abuse")
                        .put("commenterKey", "%032x".formatted(reporter))));
    assertEquals(204, answer.statusCode(), answer.bodyAsString());
  }

  private static String flags(String id, String which) {
    long row = PublicId.parse(id).orElseThrow().row();
    return running
        .database()
        .ask("select count(*) from flag where comment_id = " + row + " and " + which);
  }

  @Test
  void a_notice_of_what_its_author_has_withdrawn_is_closed_without_a_judgement() {
    Posted posted = posted("Withdrawn while a notice waits");
    String receipt = readers.filed(posted.id(), "Because");
    withdraw(posted);
    JsonObject card = card(mo, posted.id());
    assertEquals("deleted", card.getString("status"));
    assertTrue(card.getBoolean("gone"));
    assertEquals(
        "[/statement/ground]",
        pointers(decide(mo, "reject", statement("gone", "Gone."), now(mo, posted.id()))));

    String closed =
        ok(decide(mo, "delete", statement("gone", "Withdrawn."), now(mo, posted.id())))
            .getString("id");

    Document page = readers.page(receipt);
    assertTrue(page.text().contains("Nothing: the comment was gone already"), page.text());
    assertTrue(page.text().contains("It was not decided whether it is against the law"));
    assertTrue(page.text().contains("Withdrawn."));
    assertFalse(page.text().contains("taken down"), page.text());
    assertNull(readers.own(posted).getJsonObject("statement"), "nobody took it down");
    assertEquals(0, card(mo, posted.id()).getJsonArray("notices").size());

    ok(mo.post("decisions/" + closed + "/undo", new JsonObject()));
    assertEquals("deleted", card(mo, posted.id()).getString("status"));
    assertEquals(1, card(mo, posted.id()).getJsonArray("notices").size());
    ok(decide(mo, "delete", statement("law", "It was against it."), now(mo, posted.id())));
    assertTrue(readers.page(receipt).text().contains("The comment stays down."));
  }

  @Test
  void a_notice_of_what_was_erased_is_closed_without_a_judgement() {
    String id = posted("Erased while a notice waits").id();
    String receipt = readers.filed(id, "Because");
    assertEquals(204, otto.delete("comments/" + id + "?erase=true").statusCode());
    assertTrue(card(mo, id).getBoolean("gone"));

    ok(decide(mo, "delete", statement("gone", "It was erased."), now(mo, id)));

    assertTrue(readers.page(receipt).text().contains("or erased"));
    assertFalse(noticed().contains(id));
  }

  @Test
  void what_a_moderator_has_taken_down_is_not_called_gone() {
    Posted posted = posted("Deleted by a decision");
    String published = posted("Still there").id();
    String receipt = readers.filed(published, "Because");
    ok(decide(mo, "delete", statement("terms", "Rude."), now(mo, posted.id())));
    assertEquals(
        204, readers.appeal(posted.id(), posted.ownerToken(), "It was a joke.").statusCode());

    assertFalse(card(otto, posted.id()).getBoolean("gone"));
    for (String id : List.of(posted.id(), published)) {
      HttpResponse<Buffer> refused =
          decide(otto, "delete", statement("gone", "It was gone."), now(otto, id));
      assertEquals("[/statement/ground]", pointers(refused), id);
    }
    assertTrue(readers.page(receipt).text().contains("Your notice has been received."));
    ok(decide(otto, "delete", statement("terms", "Rude."), now(otto, posted.id())));
  }

  private static void withdraw(Posted posted) {
    HttpResponse<Buffer> answer =
        await(
            running
                .request(HttpMethod.DELETE, "/api/v1/sites/blog/comments/" + posted.id())
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader("If-Match", "*")
                .bearerTokenAuthentication(posted.ownerToken())
                .send());
    assertEquals(204, answer.statusCode(), answer.bodyAsString());
  }

  @Test
  void a_decision_names_what_its_statement_answers_or_nothing_is_decided() {
    String id = posted("Noticed, not named").id();
    String receipt = readers.filed(id, "Because");
    String number = receipt.split("\\?")[0].replace("/notices/", "");
    JsonObject body =
        new JsonObject()
            .put("action", "reject")
            .put("items", new JsonArray().add(now(mo, id)))
            .put("statement", statement("law", "Clear."));

    HttpResponse<Buffer> refused = mo.post("decisions", body);

    assertEquals("[/settles]", pointers(refused));
    assertTrue(refused.bodyAsString().contains(number), refused.bodyAsString());
    assertEquals("published", card(mo, id).getString("status"));
    body.put("settles", new JsonObject().put("notices", new JsonArray().add(number)));
    ok(mo.post("decisions", body));
    assertTrue(readers.page(receipt).text().contains("Clear."));
    String plain = posted("Nothing waits here").id();
    body.put("items", new JsonArray().add(now(mo, plain))).remove("settles");
    assertEquals("rejected", statusAfter(mo.post("decisions", body)), "nothing to be named");
  }

  private static String statusAfter(HttpResponse<Buffer> answer) {
    return ok(answer).getJsonArray("items").getJsonObject(0).getString("status");
  }

  @Test
  void a_ban_says_what_it_left_because_a_notice_waits() {
    String key = "%032x".formatted(77);
    Posted noticed = readers.posted(comment("Held and noticed").put("commenterKey", key));
    Posted plain = readers.posted(comment("Held only").put("commenterKey", key));
    readers.filed(noticed.id(), "Because");
    for (Posted one : List.of(noticed, plain)) decide(mo, "hold", null, now(mo, one.id()));
    String author = card(mo, plain.id()).getJsonObject("author").getString("id");
    JsonObject ban = new JsonObject().put("site", "blog").put("author", author);

    JsonObject made = mo.post("bans", ban.put("rejectPending", true)).bodyAsJsonObject();

    assertEquals(1, made.getInteger("rejected"));
    assertEquals(1, made.getInteger("noticed"));
    assertEquals("rejected", card(mo, plain.id()).getString("status"));
    assertEquals("pending", card(mo, noticed.id()).getString("status"));
    JsonObject again = mo.post("bans", ban).bodyAsJsonObject();
    assertEquals(0, again.getInteger("rejected"));
    assertNull(again.getString("decision"), "nothing to be taken back");
  }

  @Test
  void notices_are_dealt_to_one_moderator_at_a_time_and_appeals_to_who_may_answer() {
    settleAll();
    String first = posted("The first noticed").id();
    String second = posted("The second noticed").id();
    String appealed = posted("Noticed and appealed").id();
    readers.filed(first, "Because");
    readers.filed(second, "Because");
    String receipt = readers.filed(appealed, "Because");
    ok(decide(mo, "approve", statement("none", "Fine."), now(mo, appealed)));
    assertEquals(303, readers.appeal(receipt, "It is not.").statusCode());

    JsonObject mine = lease(mo, 1);
    JsonObject rest = lease(mo, 20);

    assertEquals(List.of(first), ids(mine));
    assertEquals(List.of(second, appealed), ids(rest));
    JsonObject looked = rest.getJsonArray("cards").getJsonObject(1);
    assertTrue(looked.getBoolean("anotherModerator"), "to be looked at");
    assertNull(looked.getString("heldBy"), "and not kept from others");
    JsonObject others = lease(otto, 20);
    assertEquals(List.of(appealed), ids(others));
    assertFalse(others.getJsonArray("cards").getJsonObject(0).getBoolean("anotherModerator"));
    assertEquals(3, others.getInteger("noticed"));
    for (JsonObject lease : List.of(mine, rest, others)) release(lease);
    settleAll();
    assertEquals(List.of(), ids(lease(mo, 20)));
  }

  private static void release(JsonObject lease) {
    String id = "leases/" + lease.getString("id");
    assertTrue(mo.delete(id).statusCode() == 204 || otto.delete(id).statusCode() == 204);
  }

  private static JsonObject lease(AdminClient who, int n) {
    JsonObject filter = new JsonObject().put("status", "noticed");
    return ok(who.post("leases", new JsonObject().put("filter", filter).put("n", n)));
  }

  private static List<String> ids(JsonObject lease) {
    return lease.getJsonArray("cards").stream()
        .map(card -> ((JsonObject) card).getString("id"))
        .toList();
  }

  private static List<String> noticed() {
    return ids(mo.read("queue?status=noticed&limit=100"));
  }

  /** What came after the card is settled in another round. */
  private static void settleAll() {
    for (List<String> left = noticed(); !left.isEmpty(); left = noticed())
      left.forEach(NoticeEndsIT::settle);
  }

  private static void settle(String id) {
    JsonObject card = card(otto, id);
    String ground = card.getBoolean("gone") ? "gone" : "terms";
    ok(decide(otto, "delete", statement(ground, "Settled."), now(otto, id)));
  }

  @Test
  void notices_from_one_address_end_for_a_while_and_what_was_typed_is_kept() {
    String id = posted("Complained about from one address").id();
    int status = 303;
    HttpResponse<Buffer> answer = null;
    int taken = -1;
    while (status == 303 && taken < 20) {
      taken++;
      MultiMap form = readers.filled(id, "Because, number " + taken);
      answer =
          await(
              running
                  .postTo("/c/" + id + "/notice")
                  .followRedirects(false)
                  .putHeader("Origin", running.service().config().publicBaseUrl())
                  .putHeader("X-Forwarded-For", "203.0.113.200")
                  .sendForm(form));
      status = answer.statusCode();
    }

    assertEquals(10, taken);
    assertEquals(429, status);
    assertEquals("600", answer.getHeader("Retry-After"));
    Document page = Jsoup.parse(answer.bodyAsString());
    assertEquals("Because, number 10", page.selectFirst("textarea").wholeText().strip());
    assertEquals(303, readers.send(id, readers.filled(id, "From elsewhere")).statusCode());
    CLOCK.advance(Duration.ofMinutes(10));
  }

  private static String pointers(HttpResponse<Buffer> answer) {
    assertEquals("422 invalid", problem(answer), answer.bodyAsString());
    return answer.bodyAsJsonObject().getJsonArray("errors").stream()
        .map(error -> ((JsonObject) error).getString("pointer"))
        .toList()
        .toString();
  }
}
