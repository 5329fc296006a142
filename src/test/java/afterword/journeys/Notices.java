package afterword.journeys;

import static afterword.journeys.AdminClient.item;
import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a reader does with the pages for legal notices, each step as a plain browser does it. */
final class Notices {
  private static int addresses;

  private final RunningService running;

  Notices(RunningService running) {
    this.running = running;
  }

  /** Where the receipt is, with its secret. */
  String filed(String comment, String explanation) {
    HttpResponse<Buffer> answer = send(comment, filled(comment, explanation));
    assertEquals(303, answer.statusCode(), answer.bodyAsString());
    return answer.getHeader("Location");
  }

  /** The form as it comes, with everything that has to be said. */
  MultiMap filled(String comment, String explanation) {
    return inputs(page("/c/" + comment + "/notice"))
        .set("category", "defamation")
        .set("law", "§ 185")
        .set("explanation", explanation)
        .set("name", "Nora Notifier")
        .set("email", "nora@reader.example")
        .set("goodFaith", "yes");
  }

  HttpResponse<Buffer> send(String comment, MultiMap form) {
    return post("/c/" + comment + "/notice", form);
  }

  HttpResponse<Buffer> appeal(String receipt, String why) {
    return post(receipt.split("\\?")[0], inputs(page(receipt)).set("appeal", why));
  }

  private static MultiMap inputs(Document page) {
    MultiMap form = MultiMap.caseInsensitiveMultiMap();
    for (Element input : page.select("form input:not([type=checkbox])"))
      form.set(input.attr("name"), input.attr("value"));
    return form;
  }

  HttpResponse<Buffer> post(String path, MultiMap form) {
    return await(
        running
            .postTo(path)
            .followRedirects(false)
            .putHeader("Origin", running.service().config().publicBaseUrl())
            .putHeader("X-Forwarded-For", "198.51.100." + ++addresses % 250)
            .sendForm(form));
  }

  Document page(String path) {
    HttpResponse<Buffer> answer = await(running.get(path).send());
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
    return Jsoup.parse(answer.bodyAsString());
  }

  /** A comment and what its author was given. */
  record Posted(String id, String ownerToken) {}

  Posted posted(JsonObject comment) {
    JsonObject answer = running.send(comment).bodyAsJsonObject();
    return new Posted(
        answer.getJsonObject("comment").getString("id"), answer.getString("ownerToken"));
  }

  /** As its author sees it. */
  JsonObject own(Posted posted) {
    return await(
            running
                .get("/api/v1/sites/blog/comments/" + posted.id())
                .bearerTokenAuthentication(posted.ownerToken())
                .send())
        .bodyAsJsonObject()
        .getJsonObject("comment");
  }

  HttpResponse<Buffer> appeal(String id, String token, String text) {
    return await(
        running
            .postTo("/api/v1/sites/blog/comments/" + id + "/appeals")
            .putHeader("Origin", RunningService.ORIGIN)
            .putHeader("X-Forwarded-For", "192.0.2." + Math.abs(text.hashCode() % 250))
            .bearerTokenAuthentication(token)
            .sendJsonObject(new JsonObject().put("text", text)));
  }

  static JsonObject statement(String ground, String facts) {
    return new JsonObject()
        .put("facts", facts)
        .put("ground", ground)
        .put("reference", ground.equals("none") ? null : "§ 185")
        .put("automated", false);
  }

  static HttpResponse<Buffer> decide(
      AdminClient who, String action, JsonObject statement, JsonObject... items) {
    var body = new JsonObject().put("action", action).put("items", new JsonArray(List.of(items)));
    if (statement != null) body.put("statement", statement).put("settles", shown(who, items));
    return who.post("decisions", body);
  }

  /** What waits on the cards, for those who may see them. */
  static JsonObject shown(AdminClient who, JsonObject... items) {
    var shown = new JsonObject().put("notices", new JsonArray()).put("appeals", new JsonArray());
    for (JsonObject item : items) {
      HttpResponse<Buffer> found = who.get("comments/" + item.getString("id"));
      if (found.statusCode() != 200) continue;
      JsonObject card = found.bodyAsJsonObject().getJsonObject("card");
      for (String what : List.of("notices", "appeals"))
        for (Object one : card.getJsonArray(what))
          shown.getJsonArray(what).add(((JsonObject) one).getString("id"));
    }
    return shown;
  }

  static JsonObject card(AdminClient who, String id) {
    return who.read("comments/" + id).getJsonObject("card");
  }

  static JsonObject now(AdminClient who, String id) {
    return item(id, card(who, id).getInteger("version"));
  }

  static String problem(HttpResponse<Buffer> answer) {
    String type = answer.bodyAsJsonObject().getString("type");
    return answer.statusCode() + " " + type.substring(type.lastIndexOf('/') + 1);
  }
}
