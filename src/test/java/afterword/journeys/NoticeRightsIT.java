package afterword.journeys;

import static afterword.journeys.AdminClient.ok;
import static afterword.journeys.Notices.card;
import static afterword.journeys.Notices.decide;
import static afterword.journeys.Notices.now;
import static afterword.journeys.Notices.problem;
import static afterword.journeys.Notices.statement;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.journeys.Notices.Posted;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Who may know, decide and take back what, where legal notices and appeals are about it. */
class NoticeRightsIT extends NoticeStage {
  @Test
  void what_was_swallowed_looks_to_its_author_like_what_waits() {
    Posted waits = posted("Really waits");
    ok(decide(mo, "hold", null, now(mo, waits.id())));
    Posted swallowed = readers.posted(comment("Filled by a program").put("trap", "x"));

    assertEquals("pending", readers.own(swallowed).getString("status"));
    assertEquals(readers.own(waits).fieldNames(), readers.own(swallowed).fieldNames());
  }

  @Test
  void who_was_appealed_against_does_not_take_the_answer_back() {
    Posted posted = posted("Down, appealed, back");
    ok(decide(mo, "reject", statement("terms", "Rude."), now(mo, posted.id())));
    assertEquals(
        204, readers.appeal(posted.id(), posted.ownerToken(), "It was a joke.").statusCode());
    String answer =
        ok(decide(otto, "approve", statement("none", "A joke."), now(otto, posted.id())))
            .getString("id");

    assertEquals("403 another-moderator", problem(undo(mo, answer)));

    assertEquals("published", readers.own(posted).getString("status"));
    ok(undo(otto, answer));
    assertEquals("rejected", readers.own(posted).getString("status"));
  }

  @Test
  void what_was_kept_is_not_decided_on_again_unseen() {
    String id = posted("Kept by one of two").id();
    readers.filed(id, "Because");
    JsonObject seen = now(mo, id);
    ok(decide(mo, "approve", statement("none", "An opinion."), seen));

    for (String action : List.of("reject", "approve")) {
      JsonObject said = statement(action.equals("reject") ? "law" : "none", "As I saw it.");
      JsonObject item = first(decide(otto, action, said, seen));
      assertEquals("conflict", item.getString("result"), action);
      assertEquals("Mo", item.getString("decidedBy"), action);
    }
    assertEquals("published", card(mo, id).getString("status"));
  }

  @Test
  void a_keep_that_was_decided_on_since_is_not_taken_back() {
    String id = posted("Kept twice").id();
    String receipt = readers.filed(id, "Because");
    String kept =
        ok(decide(mo, "approve", statement("none", "An opinion."), now(mo, id))).getString("id");
    assertEquals(303, readers.appeal(receipt, "It is not.").statusCode());
    ok(decide(otto, "approve", statement("none", "It is one."), now(otto, id)));

    undo(mo, kept);

    assertEquals(0, card(mo, id).getJsonArray("notices").size());
    assertTrue(readers.page(receipt).text().contains("Your appeal has been answered."));
  }

  @Test
  void the_last_decision_counts_with_and_without_reasons() {
    Posted posted = posted("Kept, then taken down without a word");
    String receipt = readers.filed(posted.id(), "Because");
    ok(decide(mo, "approve", statement("none", "An opinion."), now(mo, posted.id())));
    ok(decide(otto, "reject", null, now(otto, posted.id())));

    Document page = readers.page(receipt);
    assertTrue(page.text().contains("Decided again"), page.text());
    assertTrue(page.text().contains("The comment was taken down."), page.text());
    assertEquals(0, page.select("a, form").size(), "no way to what is not there");

    ok(decide(mo, "approve", null, now(mo, posted.id())));
    ok(decide(mo, "reject", statement("terms", "Rude."), now(mo, posted.id())));
    ok(decide(mo, "approve", null, now(mo, posted.id())));
    ok(decide(otto, "reject", null, now(otto, posted.id())));
    assertNull(readers.own(posted).getJsonObject("statement"), "nobody's reasons for another's");
    assertEquals(
        409, readers.appeal(posted.id(), posted.ownerToken(), "Why?").statusCode(), "against whom");
  }

  @Test
  void reasons_are_read_by_those_whom_they_are_about() {
    Posted noticed = posted("One of two in bulk, noticed");
    Posted other = posted("One of two in bulk, not noticed");
    String first = readers.filed(noticed.id(), "My picture");
    JsonObject both = statement("law", "It is her picture.");
    ok(decide(mo, "reject", both, now(mo, noticed.id()), now(mo, other.id())));

    assertEquals(
        "It is her picture.", readers.own(noticed).getJsonObject("statement").getString("facts"));
    assertNull(readers.own(other).getJsonObject("statement"));

    ok(decide(otto, "approve", null, now(otto, noticed.id())));
    String second = readers.filed(noticed.id(), "My street");
    ok(decide(otto, "reject", statement("law", "It is his street."), now(otto, noticed.id())));
    assertTrue(readers.page(second).text().contains("It is his street."));
    assertFalse(readers.page(second).text().contains("It is her picture."));
    assertFalse(readers.page(first).text().contains("It is his street."));
    assertTrue(readers.page(first).text().contains("Decided again"));
  }

  @Test
  void what_came_after_the_card_is_not_settled_unread() {
    Posted posted = posted("Noticed twice");
    String read = readers.filed(posted.id(), "My picture");
    String seen = card(mo, posted.id()).getJsonArray("notices").getJsonObject(0).getString("id");
    JsonObject version = now(mo, posted.id());
    String unread = readers.filed(posted.id(), "My street");

    JsonObject named = new JsonObject().put("notices", new JsonArray().add(seen));
    ok(mo.post("decisions", decision("reject", "Her picture.", version).put("settles", named)));

    assertTrue(readers.page(read).text().contains("Her picture."));
    assertTrue(readers.page(unread).text().contains("Your notice has been received."));
    JsonArray waits = card(mo, posted.id()).getJsonArray("notices");
    assertEquals(1, waits.size());
    assertEquals("My street", waits.getJsonObject(0).getString("explanation"));
    named.put("notices", new JsonArray().add("nonsense"));
    HttpResponse<Buffer> wrong =
        mo.post("decisions", decision("reject", "Why.", version).put("settles", named));
    assertEquals(422, wrong.statusCode());
  }

  private static JsonObject decision(String action, String facts, JsonObject item) {
    return new JsonObject()
        .put("action", action)
        .put("items", new JsonArray().add(item))
        .put("statement", statement("law", facts));
  }

  private static HttpResponse<Buffer> undo(AdminClient who, String decision) {
    return who.post("decisions/" + decision + "/undo", new JsonObject());
  }

  private static JsonObject first(HttpResponse<Buffer> answer) {
    return ok(answer).getJsonArray("items").getJsonObject(0);
  }
}
