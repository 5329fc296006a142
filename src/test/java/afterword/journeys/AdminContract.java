package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import afterword.auth.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The moderators' part of the contract: each route rightly, and in each way it refuses. */
final class AdminContract {
  private static final String ADMIN = "/api/v1/admin/";
  private static final String MISSING = "11zzzz";

  private final RunningService running;
  private final Contract contract;
  private final AdminClient owner;
  private final String scopeless;

  AdminContract(RunningService running, Contract contract) {
    this.running = running;
    this.contract = contract;
    owner = AdminClient.of(running, "Olive Owner", Map.of("blog", Role.OWNER), true);
    scopeless =
        await(
            running
                .service()
                .moderators()
                .issueToken(
                    "olive.owner@blog.example",
                    "nothing",
                    EnumSet.noneOf(Scope.class),
                    Optional.empty()));
  }

  void askEverything() {
    leases();
    comments();
    bans();
    sites();
    people();
    webhooks();
    pages();
    figures();
  }

  private void figures() {
    refuses("GET", "audit", "audit?site=none");
    assertStatus(400, "GET", "audit", "audit?after=x", null);
    assertStatus(200, "GET", "audit", "audit?site=blog&limit=5", null);
    refuses("GET", "stats", "stats?site=none");
    assertStatus(400, "GET", "stats", "stats?days=0", null);
    assertStatus(200, "GET", "stats", "stats", null);
    assertStatus(200, "GET", "stats", "stats?format=csv", null);
    refuses("GET", "live", "live?site=none");
    secondLooks();
    refusesList("GET", "filters");
    refusesBodies("POST", "filters", "filters", json().put("name", "x").put("query", "colour=red"));
    JsonObject kept =
        assertStatus(
                201,
                "POST",
                "filters",
                "filters",
                json().put("name", "Links").put("query", "q=has:link&site=blog"))
            .bodyAsJsonObject();
    assertStatus(200, "GET", "filters", "filters", null);
    refuses("DELETE", "filters/{id}", "filters/fzz");
    assertStatus(204, "DELETE", "filters/{id}", "filters/" + kept.getString("id"), null);
  }

  private void secondLooks() {
    String path = "second-looks";
    refuses("GET", path, "second-looks?site=none");
    assertStatus(400, "GET", path, "second-looks?limit=0", null);
    assertStatus(200, "GET", path, path, null);
    refusesBodies("POST", path, path, json());
    var look = json().put("id", MISSING).put("version", 1).put("action", "spam");
    refuses("POST", path, path, look);
    // Decided by somebody else, long enough ago.
    AdminClient first = AdminClient.of(running, "First", Map.of("blog", Role.MODERATOR));
    String id = held("To be looked at twice");
    first.decide("approve", AdminClient.item(id, 1));
    running.database().run("update decision set created_at = created_at - interval '1 hour'");
    look.put("id", id).put("version", 2);
    assertStatus(200, "POST", path, path, look);
  }

  private void sites() {
    refusesList("GET", "sites");
    assertStatus(200, "GET", "sites", "sites", null);
    refusesBodies("POST", "sites", "sites", json());
    JsonObject site =
        json().put("key", "fresh").put("origins", new JsonArray().add("https://fresh.example"));
    assertStatus(201, "POST", "sites", "sites", site);
    assertStatus(409, "POST", "sites", "sites", site);
    String one = "sites/{site}";
    refusesBodies("PATCH", one, "sites/fresh", json().put("origins", new JsonArray()));
    refuses("PATCH", one, "sites/none", json());
    assertStatus(200, "PATCH", one, "sites/fresh", json().put("name", "Fresher"));
    String settings = one + "/settings";
    refuses("GET", settings, "sites/none/settings");
    assertStatus(200, "GET", settings, "sites/fresh/settings", null);
    refusesBodies("PATCH", settings, "sites/fresh/settings", json().put("mode", "shut"));
    refuses("PATCH", settings, "sites/none/settings", json());
    assertStatus(200, "PATCH", settings, "sites/fresh/settings", json().put("maxLinks", 3));
    String words = one + "/words";
    refuses("GET", words, "sites/none/words");
    assertStatus(200, "GET", words, "sites/fresh/words", null);
    refusesBodies("PUT", words, "sites/fresh/words", json());
    var lists =
        json().put("blockedWords", new JsonArray().add("x")).put("suspectWords", new JsonArray());
    refuses("PUT", words, "sites/none/words", lists);
    assertStatus(200, "PUT", words, "sites/fresh/words", lists);
    String rules = one + "/rules";
    refuses("GET", rules, "sites/none/rules");
    assertStatus(200, "GET", rules, "sites/fresh/rules", null);
    String retention = one + "/retention";
    refuses("GET", retention, "sites/none/retention");
    assertStatus(400, "GET", retention, "sites/fresh/retention?eraseDeletedAfterDays=-1", null);
    assertStatus(200, "GET", retention, "sites/fresh/retention?eraseDeletedAfterDays=1", null);
    String replay = one + "/replay";
    refusesBodies("POST", replay, "sites/fresh/replay", json().put("mode", "shut"));
    refuses("POST", replay, "sites/none/replay", json());
    assertStatus(200, "POST", replay, "sites/blog/replay", json().put("mode", "all"));
    String check = one + "/check-url";
    refuses("GET", check, "sites/none/check-url?url=x");
    assertStatus(400, "GET", check, "sites/fresh/check-url", null);
    assertStatus(200, "GET", check, "sites/fresh/check-url?url=https://fresh.example/a", null);
  }

  private void people() {
    AdminClient.of(running, "Second", Map.of("fresh", Role.VIEWER));
    String list = "sites/{site}/moderators";
    refuses("GET", list, "sites/none/moderators");
    JsonArray members =
        assertStatus(200, "GET", list, "sites/fresh/moderators", null)
            .bodyAsJsonObject()
            .getJsonArray("moderators");
    String first = "sites/fresh/moderators/" + members.getJsonObject(0).getString("id");
    String second = "sites/fresh/moderators/" + members.getJsonObject(1).getString("id");
    String one = list + "/{id}";
    refusesBodies("PUT", one, second, json());
    refuses("PUT", one, "sites/fresh/moderators/m0", json().put("role", "owner"));
    assertStatus(409, "PUT", one, first, json().put("role", "viewer"));
    assertStatus(200, "PUT", one, second, json().put("role", "moderator"));
    refuses("DELETE", one, "sites/fresh/moderators/m0");
    assertStatus(409, "DELETE", one, first, null);
    assertStatus(204, "DELETE", one, second, null);
  }

  private void webhooks() {
    String list = "sites/{site}/webhooks";
    refuses("GET", list, "sites/none/webhooks");
    assertStatus(200, "GET", list, "sites/fresh/webhooks", null);
    refusesBodies("POST", list, "sites/fresh/webhooks", json().put("url", "http://a.example"));
    var url = json().put("url", "https://hook.example/");
    refuses("POST", list, "sites/none/webhooks", url);
    String id =
        assertStatus(201, "POST", list, "sites/fresh/webhooks", url)
            .bodyAsJsonObject()
            .getString("id");
    for (int n = 1; n < 20; n++) assertStatus(201, "POST", list, "sites/fresh/webhooks", url);
    assertStatus(409, "POST", list, "sites/fresh/webhooks", url);
    String one = list + "/{id}";
    String path = "sites/fresh/webhooks/" + id;
    refusesBodies("PATCH", one, path, json().put("events", new JsonArray()));
    refuses("PATCH", one, "sites/fresh/webhooks/w0", json());
    String secret = one + "/secret";
    refuses("POST", secret, "sites/fresh/webhooks/w0/secret");
    assertStatus(200, "POST", secret, path + "/secret", null);
    deliveries(one + "/ping", path);
    assertStatus(200, "PATCH", one, path, json().put("enabled", false));
    assertStatus(409, "POST", one + "/ping", path + "/ping", null);
    refuses("DELETE", one, "sites/fresh/webhooks/w0");
    assertStatus(204, "DELETE", one, path, null);
  }

  private void deliveries(String ping, String webhook) {
    refuses("POST", ping, "sites/fresh/webhooks/w0/ping");
    String id =
        assertStatus(202, "POST", ping, webhook + "/ping", null)
            .bodyAsJsonObject()
            .getString("delivery");
    String list = "sites/{site}/deliveries";
    refuses("GET", list, "sites/none/deliveries");
    assertStatus(400, "GET", list, "sites/fresh/deliveries?status=late", null);
    assertStatus(200, "GET", list, "sites/fresh/deliveries", null);
    String again = list + "/{id}/redeliver";
    String path = "sites/fresh/deliveries/" + id + "/redeliver";
    refuses("POST", again, "sites/fresh/deliveries/" + MISSING + "/redeliver");
    // An attempt that is under way counts for nothing then.
    setDelivery("status = 'waiting', next_at = 'infinity', attempts = attempts + 1");
    assertStatus(409, "POST", again, path, null);
    setDelivery("status = 'failed'");
    assertStatus(202, "POST", again, path, null);
  }

  private void setDelivery(String values) {
    running.database().run("update delivery set " + values);
  }

  private void pages() {
    held("On a page");
    refuses("GET", "pages", "pages?site=none");
    assertStatus(400, "GET", "pages", "pages?limit=0", null);
    String id =
        assertStatus(200, "GET", "pages", "pages?q=a.html", null)
            .bodyAsJsonObject()
            .getJsonArray("pages")
            .getJsonObject(0)
            .getString("id");
    String one = "pages/{id}";
    refuses("GET", one, "pages/" + MISSING);
    assertStatus(200, "GET", one, "pages/" + id, null);
    refusesBodies("PATCH", one, "pages/" + id, json().put("mode", "shut"));
    refuses("PATCH", one, "pages/" + MISSING, json().put("open", true));
    assertStatus(200, "PATCH", one, "pages/" + id, json().put("title", "Another title"));
    String merge = one + "/merge";
    String other = page("b.html");
    refusesBodies("POST", merge, "pages/" + other + "/merge", json());
    refuses("POST", merge, "pages/" + MISSING + "/merge", json().put("into", id));
    assertStatus(200, "POST", merge, "pages/" + other + "/merge", json().put("into", id));
  }

  private String page(String key) {
    running
        .database()
        .run(
            "insert into page (site_id, id, key, first_seen_at) values (1, nextval('page_id'), '"
                + key
                + "', now())");
    return owner.read("pages?q=" + key).getJsonArray("pages").getJsonObject(0).getString("id");
  }

  /** Nobody, and somebody without the scope. */
  private void refusesList(String method, String operation) {
    assertEquals(401, check(method, operation, send(request(method, operation), null)));
    assertEquals(
        403,
        check(
            method,
            operation,
            send(request(method, operation).bearerTokenAuthentication(scopeless), null)));
  }

  private void leases() {
    refusesBodies("POST", "leases", "leases", new JsonObject().put("n", "x"));
    held("Leased");
    assertStatus(404, "POST", "leases", "leases", json().put("filter", json().put("site", "none")));
    JsonObject lease =
        assertStatus(200, "POST", "leases", "leases", json().put("n", 1)).bodyAsJsonObject();
    for (String method : new String[] {"PATCH", "DELETE"})
      refuses(method, "leases/{id}", "leases/l1zz");
    String path = "leases/" + lease.getString("id");
    assertStatus(200, "PATCH", "leases/{id}", path, null);
    assertStatus(204, "DELETE", "leases/{id}", path, null);
    String handing = "comments/" + held("Left to others") + "/hand-on";
    for (String method : List.of("POST", "DELETE")) {
      refuses(method, "comments/{id}/hand-on", "comments/" + MISSING + "/hand-on");
      assertStatus(204, method, "comments/{id}/hand-on", handing, null);
    }
  }

  private void comments() {
    String id = held("Held, to be looked at");
    String path = "comments/" + id;
    refuses("GET", "comments/{id}", "comments/" + MISSING);
    assertStatus(200, "GET", "comments/{id}", path, null);
    refusesBodies("PATCH", "comments/{id}", path, json());
    refuses("PATCH", "comments/{id}", "comments/" + MISSING, json().put("locked", true));
    JsonObject text = json().put("body", "Changed by the staff").put("version", 1);
    assertStatus(200, "PATCH", "comments/{id}", path, text);
    assertStatus(409, "PATCH", "comments/{id}", path, text);
    refusesBodies("POST", "comments/{id}/replies", path + "/replies", json());
    refuses(
        "POST",
        "comments/{id}/replies",
        "comments/" + MISSING + "/replies",
        json().put("body", "x"));
    assertStatus(
        201, "POST", "comments/{id}/replies", path + "/replies", json().put("body", "Thank you"));
    refuses("DELETE", "comments/{id}", "comments/" + MISSING);
    assertStatus(400, "DELETE", "comments/{id}", path + "?erase=perhaps", null);
    assertStatus(204, "DELETE", "comments/{id}", path, null);
    assertStatus(204, "DELETE", "comments/{id}", path + "?erase=true", null);
    refuses("GET", "authors/{id}", "authors/" + MISSING);
    assertStatus(200, "GET", "authors/{id}", "authors/" + author(held("By somebody known")), null);
  }

  private void bans() {
    refuses("GET", "bans", "bans?site=none");
    assertStatus(400, "GET", "bans", "bans?site=a&site=b", null);
    refusesBodies("POST", "bans", "bans", json());
    refuses("POST", "bans", "bans", json().put("site", "none").put("email", "a@b.example"));
    JsonObject ban =
        assertStatus(
                201,
                "POST",
                "bans",
                "bans",
                json()
                    .put("site", "blog")
                    .put("email", "*@spam.example")
                    .put("rejectPending", true))
            .bodyAsJsonObject()
            .getJsonObject("ban");
    assertStatus(200, "GET", "bans", "bans", null);
    refuses("DELETE", "bans/{id}", "bans/" + MISSING);
    assertStatus(204, "DELETE", "bans/{id}", "bans/" + ban.getString("id"), null);
  }

  private String author(String comment) {
    return owner
        .read("comments/" + comment)
        .getJsonObject("card")
        .getJsonObject("author")
        .getString("id");
  }

  private String held(String text) {
    JsonObject body = comment(text + " https://held.example").put("commenterKey", "0a".repeat(16));
    return running.send(body).bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  static JsonObject json() {
    return new JsonObject();
  }

  /** Nobody, somebody without the scope, and what is not there. */
  private void refuses(String method, String operation, String missing) {
    refuses(method, operation, missing, null);
  }

  private void refuses(String method, String operation, String missing, JsonObject body) {
    assertEquals(401, check(method, operation, send(request(method, missing), body)));
    assertEquals(
        403,
        check(
            method,
            operation,
            send(request(method, missing).bearerTokenAuthentication(scopeless), body)));
    assertStatus(404, method, operation, missing, body);
  }

  /** Not JSON, too much of it, none, and with something wrong in it. */
  private void refusesBodies(String method, String operation, String path, JsonObject wrong) {
    assertEquals(401, check(method, operation, send(request(method, path), wrong)));
    assertEquals(
        403,
        check(
            method,
            operation,
            send(request(method, path).bearerTokenAuthentication(scopeless), wrong)));
    var typed = mine(method, path).putHeader("Content-Type", "application/json");
    assertEquals(400, check(method, operation, await(typed.sendBuffer(Buffer.buffer("[")))));
    assertEquals(
        413, check(method, operation, await(typed.sendBuffer(Buffer.buffer("x".repeat(300_000))))));
    assertEquals(
        415, check(method, operation, await(mine(method, path).sendBuffer(Buffer.buffer("x")))));
    assertStatus(422, method, operation, path, wrong);
  }

  private HttpResponse<Buffer> assertStatus(
      int status, String method, String operation, String path, JsonObject body) {
    HttpResponse<Buffer> answer = send(mine(method, path), body);
    assertEquals(status, check(method, operation, answer), answer.bodyAsString());
    return answer;
  }

  private int check(String method, String operation, HttpResponse<Buffer> answer) {
    return contract.check(method + " " + ADMIN + operation, answer).statusCode();
  }

  private static HttpResponse<Buffer> send(HttpRequest<Buffer> request, JsonObject body) {
    return await(body == null ? request.send() : request.sendJsonObject(body));
  }

  private HttpRequest<Buffer> mine(String method, String path) {
    return request(method, path).bearerTokenAuthentication(owner.token());
  }

  private HttpRequest<Buffer> request(String method, String path) {
    return running
        .request(HttpMethod.valueOf(method), ADMIN + path)
        .putHeader("Origin", running.service().config().publicBaseUrl());
  }
}
