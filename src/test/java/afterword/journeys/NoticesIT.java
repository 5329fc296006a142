package afterword.journeys;

import static afterword.journeys.AdminClient.item;
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

import afterword.auth.Role;
import afterword.journeys.Notices.Posted;
import afterword.markup.Corpus;
import afterword.model.PublicId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Legal notices from the form to the answer of an appeal, as people and programs go through it. */
class NoticesIT extends NoticeStage {
  @Test
  void a_notice_leads_to_its_receipt_and_leaves_the_comment_public() {
    String id = posted("You are a thief, Mr. Miller").id();
    MultiMap form = readers.filled(id, "It says that I stole.");

    HttpResponse<Buffer> first = readers.send(id, form);

    assertEquals(303, first.statusCode(), first.bodyAsString());
    assertEquals("no-store", first.getHeader("Cache-Control"));
    Document receipt = readers.page(first.getHeader("Location"));
    assertTrue(receipt.text().contains("Your notice has been received."));
    assertTrue(receipt.text().contains("It says that I stole."));
    assertTrue(receipt.text().contains("nora@reader.example"));
    assertTrue(receipt.text().contains(first.getHeader("Location")), "the address to keep");
    assertEquals(0, receipt.select("script").size());
    assertEquals("published", card(mo, id).getString("status"));
    assertEquals(
        "notice",
        running
            .database()
            .ask(
                "select action from audit where object = 'comment:"
                    + row(id)
                    + "' and actor = 'readers' limit 1"));
  }

  @Test
  void the_same_form_sent_twice_by_the_same_sender_is_one_notice() {
    String id = posted("Sent twice").id();
    MultiMap form = readers.filled(id, "Once is enough.");

    String location = null;
    for (int i = 0; i < 2; i++) {
      HttpResponse<Buffer> answer =
          await(
              running
                  .postTo("/c/" + id + "/notice")
                  .followRedirects(false)
                  .putHeader("Origin", running.service().config().publicBaseUrl())
                  .putHeader("X-Forwarded-For", "203.0.113.9")
                  .sendForm(form));
      if (location != null) assertEquals(location, answer.getHeader("Location"));
      location = answer.getHeader("Location");
    }

    assertEquals(
        "1", running.database().ask("select count(*) from notice where comment_id = " + row(id)));
  }

  @Test
  void the_form_says_everything_that_is_wrong_and_keeps_what_was_typed() {
    String id = posted("Wrong form").id();
    MultiMap form =
        readers.filled(id, "<b>Kept</b> & \"quoted\"").set("name", " ").set("email", "nonsense");
    form.remove("goodFaith");

    HttpResponse<Buffer> answer = readers.send(id, form);

    assertEquals(422, answer.statusCode());
    Document page = Jsoup.parse(answer.bodyAsString());
    assertEquals("<b>Kept</b> & \"quoted\"", page.selectFirst("textarea").wholeText().strip());
    assertEquals("Say who you are.", page.getElementById("name-error").text());
    assertEquals("That is not an e-mail address.", page.getElementById("email-error").text());
    assertTrue(page.getElementById("goodFaith-error").text().startsWith("Confirm"));
    assertEquals("nonsense", page.getElementById("email").attr("value"));
    assertEquals("defamation", page.selectFirst("option[selected]").attr("value"));
    for (var wrong :
        Map.of(
                "explanation", "",
                "category", "nonsense",
                "stamp", "zzz.forged",
                "contact", "filled by a machine")
            .entrySet()) {
      MultiMap other = readers.filled(id, "Because").set(wrong.getKey(), wrong.getValue());
      assertEquals(422, readers.send(id, other).statusCode(), wrong.getKey());
    }
    assertEquals(
        422, readers.send(id, readers.filled(id, "x".repeat(5_001))).statusCode(), "too long");
    assertEquals(
        "0", running.database().ask("select count(*) from notice where comment_id = " + row(id)));
  }

  @Test
  void who_reports_abuse_of_children_need_not_say_who_they_are() {
    String id = posted("Exempt").id();
    MultiMap form =
        readers
            .filled(id, "It links to such pictures.")
            .set("category", "child-abuse")
            .set("name", "")
            .set("email", "");

    assertEquals(303, readers.send(id, form).statusCode());
  }

  @Test
  void the_form_is_taken_from_our_own_page_and_about_public_comments_only() {
    String id = posted("From elsewhere").id();
    for (String origin : new String[] {RunningService.ORIGIN, "null", "https://evil.example"}) {
      HttpResponse<Buffer> answer =
          await(
              running
                  .postTo("/c/" + id + "/notice")
                  .putHeader("Origin", origin)
                  .sendForm(readers.filled(id, "Because")));
      assertEquals("403 origin-not-allowed", problem(answer), origin);
    }

    decide(mo, "reject", null, now(mo, id));
    assertEquals(404, await(running.get("/c/" + id + "/notice").send()).statusCode());
    assertEquals(404, await(running.get("/c/nonsense/notice").send()).statusCode());
  }

  @Test
  void a_receipt_opens_with_its_secret_alone() {
    String location = readers.filed(posted("Secret").id(), "Because");
    String path = location.split("\\?")[0];

    for (String query :
        List.of("", "?token=", "?token=wrong", location.substring(path.length()) + "x"))
      assertEquals(404, await(running.get(path + query).send()).statusCode(), query);
    String doubled = location + "&" + location.split("\\?")[1];
    assertEquals(400, await(running.get(doubled).send()).statusCode());
    String other = readers.filed(posted("Another secret").id(), "Because");
    assertEquals(404, await(running.get(path + "?" + other.split("\\?")[1]).send()).statusCode());
    assertFalse(
        running
            .database()
            .ask("select string_agg(n::text, ' ') from notice n")
            .contains(location.split("token=")[1]));
  }

  @Test
  void a_noticed_comment_is_found_by_its_own_filter_and_says_what_was_sent() {
    String id = posted("Noticed and found").id();
    long before = mo.read("queue?status=noticed").getLong("noticed");
    readers.filed(id, "It is a lie about me.");

    JsonObject found = mo.read("queue?status=noticed&order=due&q=found");

    assertEquals(before + 1, found.getLong("noticed"));
    JsonObject card = found.getJsonArray("cards").getJsonObject(0);
    assertEquals(id, card.getString("id"));
    assertEquals("notice", card.getJsonArray("reasons").getString(0));
    JsonObject notice = card.getJsonArray("notices").getJsonObject(0);
    assertEquals("It is a lie about me.", notice.getString("explanation"));
    assertEquals("defamation", notice.getString("category"));
    assertEquals("nora@reader.example", notice.getString("email"));
    for (String filter : List.of("status=published&q=is:notice", "status=published&reason=notice"))
      assertTrue(ids(mo.read("queue?limit=100&" + filter)).contains(id), filter);
    assertFalse(ids(mo.read("queue?status=published&limit=100&q=-is:notice")).contains(id));
    assertFalse(ids(mo.read("queue?status=noticed&limit=100&q=is:appeal")).contains(id));
  }

  @Test
  void what_waits_and_was_noticed_is_due_before_everything_of_its_age() {
    String first = posted("Waits for long").id();
    String noticed = posted("Waits and is noticed").id();
    readers.filed(noticed, "Because");
    for (String id : List.of(first, noticed)) decide(mo, "hold", null, now(mo, id));

    List<String> due = ids(mo.read("queue?order=due&limit=100"));

    assertTrue(due.indexOf(noticed) < due.indexOf(first), due::toString);
    for (String id : List.of(first, noticed))
      decide(mo, "approve", statement("none", "Fine"), now(mo, id));
  }

  @Test
  void a_decision_on_a_notice_needs_a_statement_which_sender_and_author_read() {
    Posted posted = posted("You are a thief");
    String receipt = readers.filed(posted.id(), "It calls me a thief.");

    assertEquals(
        "428 statement-required", problem(decide(mo, "reject", null, now(mo, posted.id()))));
    assertEquals(428, mo.delete("comments/" + posted.id()).statusCode());
    HttpResponse<Buffer> wrong = decide(mo, "reject", statement("none", " "), now(mo, posted.id()));
    assertEquals(
        "[/statement/facts, /statement/ground]",
        wrong.bodyAsJsonObject().getJsonArray("errors").stream()
            .map(error -> ((JsonObject) error).getString("pointer"))
            .sorted()
            .toList()
            .toString());
    assertEquals("published", card(mo, posted.id()).getString("status"));

    JsonObject decided =
        ok(decide(mo, "reject", statement("law", "A claim without proof."), now(mo, posted.id())));

    assertEquals("ok", decided.getJsonArray("items").getJsonObject(0).getString("result"));
    Document page = readers.page(receipt);
    assertTrue(page.text().contains("The comment was taken down."), page.text());
    assertTrue(page.text().contains("A claim without proof."));
    assertTrue(page.text().contains("It is against the law."));
    assertTrue(page.text().contains("None were used."));
    JsonObject shown = own(posted).getJsonObject("statement");
    assertEquals("A claim without proof.", shown.getString("facts"));
    assertEquals("§ 185", shown.getString("reference"));
    assertEquals("reject", shown.getString("action"));
    assertTrue(shown.getString("appealUntil").compareTo(CLOCK.instant().toString()) > 0);
    assertEquals(
        "0",
        running
            .database()
            .ask(
                "select count(*) from audit a where a::text like '%without proof%' or a::text like '%thief%'"));
  }

  @Test
  void undo_takes_back_decision_statement_and_appeals() {
    Posted posted = posted("Taken back");
    String receipt = readers.filed(posted.id(), "Because");
    String decision =
        ok(decide(mo, "spam", statement("terms", "Advertising."), now(mo, posted.id())))
            .getString("id");
    assertEquals(303, readers.appeal(receipt, "It is worse than that.").statusCode());

    ok(mo.post("decisions/" + decision + "/undo", new JsonObject()));

    assertEquals("published", card(mo, posted.id()).getString("status"));
    assertTrue(readers.page(receipt).text().contains("Your notice has been received."));
    assertFalse(readers.page(receipt).text().contains("Advertising."));
    assertEquals(1, card(mo, posted.id()).getJsonArray("notices").size());
    assertEquals(0, card(mo, posted.id()).getJsonArray("appeals").size());
    ok(decide(mo, "reject", statement("law", "Again."), now(mo, posted.id())));
    assertTrue(readers.page(receipt).text().contains("Again."));
  }

  @Test
  void a_notice_that_is_refused_leaves_the_comment_and_can_be_taken_back_too() {
    String id = posted("Harmless").id();
    String receipt = readers.filed(id, "I dislike it.");
    JsonObject seen = now(mo, id);

    JsonObject decided = ok(decide(mo, "approve", statement("none", "An opinion."), seen));

    assertEquals("ok", decided.getJsonArray("items").getJsonObject(0).getString("result"));
    assertEquals("published", card(mo, id).getString("status"), "nothing changed for readers");
    assertEquals(seen.getInteger("version") + 1, card(mo, id).getInteger("version"));
    assertTrue(readers.page(receipt).text().contains("The comment stays."));
    assertEquals(0, card(mo, id).getJsonArray("notices").size());
    ok(mo.post("decisions/" + decided.getString("id") + "/undo", new JsonObject()));
    assertEquals(1, card(mo, id).getJsonArray("notices").size());
    assertTrue(readers.page(receipt).text().contains("Your notice has been received."));
  }

  @Test
  void a_decision_on_another_version_than_the_one_that_stays_settles_nothing() {
    Posted posted = posted("Edited meanwhile");
    readers.filed(posted.id(), "Because");
    JsonObject seen = now(mo, posted.id());
    assertEquals(
        200,
        mo.patch(
                "comments/" + posted.id(),
                new JsonObject().put("body", "Edited").put("version", seen.getInteger("version")))
            .statusCode());

    JsonObject decided = ok(decide(mo, "approve", statement("none", "Fine."), seen));

    assertEquals("conflict", decided.getJsonArray("items").getJsonObject(0).getString("result"));
    assertEquals(1, card(mo, posted.id()).getJsonArray("notices").size());
  }

  @Test
  void in_bulk_what_needs_a_statement_is_left_out_and_said() {
    String noticed = posted("Bulk and noticed").id();
    String plain = posted("Bulk and plain").id();
    readers.filed(noticed, "Because");

    JsonObject decided = ok(decide(mo, "reject", null, now(mo, noticed), now(mo, plain)));

    assertEquals(
        "[statement-required, ok]",
        decided.getJsonArray("items").stream()
            .map(item -> ((JsonObject) item).getString("result"))
            .toList()
            .toString());
    assertEquals("published", card(mo, noticed).getString("status"));
  }

  @Test
  void an_appeal_of_the_sender_is_answered_by_another_moderator() {
    String id = posted("Appealed by the sender").id();
    String receipt = readers.filed(id, "It is about me.");
    ok(decide(mo, "approve", statement("none", "Nobody is named."), now(mo, id)));

    assertEquals(422, readers.appeal(receipt, " ").statusCode());
    assertEquals(303, readers.appeal(receipt, "My street is named.").statusCode());
    assertEquals(303, again(receipt).statusCode(), "twice is once");

    assertTrue(readers.page(receipt).text().contains("Your appeal waits for another moderator."));
    JsonObject appeal = card(otto, id).getJsonArray("appeals").getJsonObject(0);
    assertEquals("sender", appeal.getString("by"));
    assertEquals("My street is named.", appeal.getString("text"));
    assertEquals("Mo", appeal.getJsonObject("against").getString("by"));
    assertTrue(ids(otto.read("queue?status=noticed&limit=100&q=is:appeal")).contains(id));
    HttpResponse<Buffer> refused =
        decide(mo, "approve", statement("none", "As before."), now(mo, id));
    assertEquals("403 another-moderator", problem(refused));

    ok(decide(otto, "reject", statement("law", "The street tells who it is."), now(otto, id)));

    Document page = readers.page(receipt);
    assertTrue(page.text().contains("Your appeal has been answered."));
    assertTrue(page.text().contains("The street tells who it is."));
    assertTrue(page.text().contains("Nobody is named."), "the first decision stays readable");
    assertEquals(0, page.select("form").size(), "the answer is final for its sender");
    assertEquals(0, card(otto, id).getJsonArray("appeals").size());
  }

  private static HttpResponse<Buffer> again(String receipt) {
    return readers.post(
        receipt.split("\\?")[0],
        MultiMap.caseInsensitiveMultiMap()
            .set("token", receipt.split("token=")[1])
            .set("appeal", "Once more"));
  }

  @Test
  void an_appeal_of_the_author_is_answered_by_another_moderator() {
    Posted posted = posted("Appealed by the author");
    ok(decide(mo, "reject", statement("terms", "Rude."), now(mo, posted.id())));

    assertEquals(401, appeal(posted.id(), "nonsense", "Why?").statusCode());
    assertEquals(422, appeal(posted.id(), posted.ownerToken(), " ").statusCode());
    assertEquals(204, appeal(posted.id(), posted.ownerToken(), "It was a joke.").statusCode());
    assertEquals(204, appeal(posted.id(), posted.ownerToken(), "It was a joke.").statusCode());

    assertNull(own(posted).getJsonObject("statement").getString("appealUntil"));
    assertEquals(
        "author", card(otto, posted.id()).getJsonArray("appeals").getJsonObject(0).getString("by"));
    assertEquals(
        "403 another-moderator",
        problem(decide(mo, "reject", statement("terms", "Rude."), now(mo, posted.id()))));
    ok(decide(otto, "approve", statement("none", "A joke indeed."), now(otto, posted.id())));
    assertEquals("published", own(posted).getString("status"));
    assertEquals(409, appeal(posted.id(), posted.ownerToken(), "Thanks").statusCode());
  }

  @Test
  void where_nobody_else_may_decide_the_owner_answers_and_the_page_says_so() {
    await(running.service().sites().add("lone", "Lone", List.of("https://lone.example"), OPEN));
    AdminClient lena = AdminClient.of(running, "Lena", Map.of("lone", Role.OWNER));
    AdminClient.of(running, "Vera", Map.of("lone", Role.VIEWER));
    String id = postedOnLone("You are a thief");
    String receipt = readers.filed(id, "It is a lie.");
    ok(decide(lena, "approve", statement("none", "An opinion."), now(lena, id)));
    assertTrue(readers.page(receipt).text().contains("so its owner answers"));
    assertEquals(303, readers.appeal(receipt, "It is not.").statusCode());
    assertTrue(readers.page(receipt).text().contains("so its owner will answer it."));

    AdminClient max = AdminClient.of(running, "Max", Map.of("lone", Role.MODERATOR));
    assertEquals(
        "403 another-moderator",
        problem(decide(lena, "reject", statement("law", "Indeed."), now(lena, id))));
    assertFalse(readers.page(receipt).text().contains("its owner will answer it."));
    await(running.service().moderators().disable("test", "max@blog.example"));

    ok(decide(lena, "reject", statement("law", "Indeed."), now(lena, id)));
    assertTrue(readers.page(receipt).text().contains("Your appeal has been answered."));
    assertEquals(401, max.get("queue").statusCode());
  }

  private static String postedOnLone(String text) {
    JsonObject body = comment(text);
    body.getJsonObject("page").put("url", "https://lone.example/a.html");
    return await(
            running
                .postTo("/api/v1/sites/lone/comments")
                .putHeader("Origin", "https://lone.example")
                .putHeader("Idempotency-Key", "lone-post-0123456789")
                .sendJsonObject(body))
        .bodyAsJsonObject()
        .getJsonObject("comment")
        .getString("id");
  }

  @Test
  void notices_of_another_site_are_neither_seen_nor_decided() {
    String id = posted("Only ours").id();
    readers.filed(id, "Because");
    AdminClient stranger = AdminClient.of(running, "Other Owner", Map.of());

    assertEquals(0, stranger.read("queue?status=noticed").getJsonArray("cards").size());
    assertEquals(0, stranger.read("queue?status=noticed").getLong("noticed"));
    assertEquals(
        "gone",
        ok(decide(stranger, "reject", statement("law", "x"), item(id, 1)))
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("result"));
    assertEquals(
        "gone",
        ok(decide(stranger, "reject", null, item(id, 1)))
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("result"),
        "nor is it told that a notice waits");
  }

  @Test
  void hostile_texts_are_text_in_every_field_and_on_every_page() {
    String id = posted("Under fire").id();
    int sent = 0;
    for (String hostile : Corpus.markdownXss()) {
      if (++sent % 25 == 0) id = posted("Under fire since " + sent).id();
      MultiMap form =
          readers.filled(id, hostile).set("law", hostile).set("name", hostile).set("email", "x");
      assertHarmless(Jsoup.parse(readers.send(id, form).bodyAsString()), hostile);
      HttpResponse<Buffer> filed =
          readers.send(id, form.set("email", "nora@reader.example").set("name", "Nora"));
      if (filed.statusCode() != 303) continue;
      assertHarmless(readers.page(filed.getHeader("Location")), hostile);
    }
    String receipt = readers.filed(id, "The last one");
    String facts = "</dd><script>alert(1)</script><img src=x onerror=alert(1)>";
    ok(decide(mo, "reject", statement("law", facts).put("reference", facts), now(mo, id)));

    assertHarmless(readers.page(receipt), facts);
    assertTrue(readers.page(receipt).text().contains(facts));
  }

  private static void assertHarmless(Document page, String text) {
    assertEquals(0, page.select("script, img, iframe, svg, object, style, base").size(), text);
    assertEquals(1, page.select("link").size(), text);
    page.getAllElements()
        .forEach(
            element ->
                element
                    .attributes()
                    .forEach(attribute -> assertFalse(attribute.getKey().startsWith("on"), text)));
    page.select("a[href]")
        .forEach(link -> assertTrue(link.attr("href").matches("/c/[0-9a-z]+"), text));
  }

  @Test
  void an_appeal_comes_in_time_or_not_at_all() {
    Posted posted = posted("Too late");
    String receipt = readers.filed(posted.id(), "Because");
    ok(decide(mo, "reject", statement("law", "Clear."), now(mo, posted.id())));

    CLOCK.advance(Duration.ofDays(185));

    assertEquals(409, appeal(posted.id(), posted.ownerToken(), "Late").statusCode());
    assertEquals(0, readers.page(receipt).select("form").size());
    assertEquals(409, again(receipt).statusCode());
  }

  @Test
  void the_owner_takes_everything_along_and_nobody_else() {
    Posted posted = posted("Exported");
    String receipt = readers.filed(posted.id(), "=cmd, \"quoted\"");
    String number = receipt.split("\\?")[0].replace("/notices/", "");
    String decision =
        ok(decide(mo, "reject", statement("law", "Because."), now(mo, posted.id())))
            .getString("id");
    appeal(posted.id(), posted.ownerToken(), "Exported appeal");

    JsonObject notice = exported("notices", number);
    JsonObject said = exported("statements", decision);
    assertEquals(new JsonArray().add(posted.id()), said.getJsonArray("comments"));
    JsonObject appealed = entry("appeals", "text", "Exported appeal");

    assertEquals("nora@reader.example", notice.getString("email"));
    assertEquals(decision, notice.getString("decision"));
    assertEquals("Mo", said.getString("moderator"));
    assertEquals("author", appealed.getString("by"));
    assertNull(appealed.getString("answer"));
    HttpResponse<Buffer> csv = otto.get("notices?site=blog&kind=notices&format=csv");
    assertEquals("text/csv; charset=utf-8", csv.getHeader("Content-Type"));
    assertEquals("no-store", csv.getHeader("Cache-Control"));
    assertTrue(csv.bodyAsString().startsWith("\uFEFFid,comment,category,law,explanation,"));
    assertTrue(csv.bodyAsString().contains("\"'=cmd, \"\"quoted\"\"\""), csv.bodyAsString());
    assertEquals(403, mo.get("notices?site=blog").statusCode());
    var stranger = AdminClient.of(running, "Stranger", Map.of());
    assertEquals(404, stranger.get("notices?site=blog").statusCode());
    assertEquals(400, otto.get("notices").statusCode());
  }

  private static JsonObject exported(String kind, String id) {
    return entry(kind, "id", id);
  }

  /** Page by page, two at a time. */
  private static JsonObject entry(String kind, String name, String value) {
    String next = "0";
    while (next != null) {
      JsonObject page = otto.read("notices?site=blog&limit=2&kind=" + kind + "&after=" + next);
      for (Object entry : page.getJsonArray("entries"))
        if (value.equals(((JsonObject) entry).getString(name))) return (JsonObject) entry;
      next = page.getString("next");
    }
    throw new AssertionError("no " + kind + " with " + name + " " + value);
  }

  @Test
  void persons_are_erased_with_the_comment_or_on_their_own_wish() {
    Posted posted = posted("Erased");
    String receipt = readers.filed(posted.id(), "Private matters of mine");
    ok(decide(mo, "reject", statement("law", "Facts about him."), now(mo, posted.id())));
    appeal(posted.id(), posted.ownerToken(), "I am Ada and object");
    String number = receipt.split("\\?")[0].replace("/notices/", "");

    assertEquals(403, mo.delete("notices/" + number).statusCode());
    assertEquals(204, otto.delete("notices/" + number).statusCode());
    assertFalse(stored().contains("Private matters of mine"));
    assertNull(exported("notices", number).getString("email"));

    assertEquals(204, otto.delete("comments/" + posted.id() + "?erase=true").statusCode());
    assertFalse(stored().contains("I am Ada and object"));
    assertFalse(stored().contains("Facts about him."));
    assertTrue(readers.page(receipt).text().contains("The comment was taken down."));
  }

  private static String stored() {
    return running
        .database()
        .ask(
            "select (select string_agg(n::text, ' ') from notice n) || (select string_agg(a::text, ' ') from appeal a)"
                + " || (select string_agg(s::text, ' ') from statement s)");
  }

  private static HttpResponse<Buffer> appeal(String id, String token, String text) {
    return readers.appeal(id, token, text);
  }

  private static JsonObject own(Posted posted) {
    return readers.own(posted);
  }

  private static List<String> ids(JsonObject queue) {
    return queue.getJsonArray("cards").stream()
        .map(card -> ((JsonObject) card).getString("id"))
        .toList();
  }

  private static long row(String id) {
    return PublicId.parse(id).orElseThrow().row();
  }
}
