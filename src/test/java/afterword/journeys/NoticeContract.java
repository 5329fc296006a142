package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;

/** The contract of legal notices: each route rightly, and in each way it refuses. */
final class NoticeContract {
  private static final String FORM = "/c/{id}/notice";
  private static final String RECEIPT = "/notices/{receipt}";
  private static final String APPEALS = "/api/v1/sites/{site}/comments/{id}/appeals";
  private static final String REASONS = "/c/{id}/reasons";
  private static final String ADMIN = "/api/v1/admin/";

  private final RunningService running;
  private final Contract contract;
  private final Notices readers;
  private final AdminClient mo;
  private int addresses;

  NoticeContract(RunningService running, Contract contract) {
    this.running = running;
    this.contract = contract;
    readers = new Notices(running);
    mo = AdminClient.of(running, "Notice Mo", Map.of("blog", Role.OWNER));
  }

  void askEverything() {
    JsonObject posted = running.send(comment("To be noticed")).bodyAsJsonObject();
    String id = posted.getJsonObject("comment").getString("id");
    String receipt = form(id);
    receipt(receipt);
    decide(id, posted.getString("ownerToken"), receipt);
    appeals(id, posted.getString("ownerToken"));
    reasons();
    export(receipt.split("\\?")[0].replace("/notices/", ""));
  }

  private String form(String id) {
    String path = "/c/" + id + "/notice";
    assertStatus(200, "GET " + FORM, running.get(path));
    assertStatus(404, "GET " + FORM, running.get("/c/11zzz/notice"));
    MultiMap form = readers.filled(id, "Because");
    String operation = "POST " + FORM;
    refusesForms(operation, path);
    assertEquals(404, check(operation, readers.post("/c/11zzz/notice", form)));
    assertEquals(422, check(operation, readers.post(path, filled(id).set("explanation", ""))));
    floods(operation, path, filled(id).set("explanation", ""));
    HttpResponse<Buffer> filed = readers.post(path, form);
    assertEquals(303, check(operation, filed));
    return filed.getHeader("Location");
  }

  private MultiMap filled(String id) {
    return readers.filled(id, "Because");
  }

  private void receipt(String receipt) {
    String operation = "GET " + RECEIPT;
    assertStatus(200, operation, running.get(receipt));
    assertStatus(400, operation, running.get(receipt + "&token=x"));
    assertStatus(404, operation, running.get(receipt + "x"));
    String path = receipt.split("\\?")[0];
    operation = "POST " + RECEIPT;
    refusesForms(operation, path);
    assertEquals(409, check(operation, readers.post(path, appeal(receipt, "Early"))));
    assertEquals(404, check(operation, readers.post(path, appeal("?token=x", "Why"))));
    assertEquals(422, check(operation, readers.post(path, appeal(receipt, " "))));
    floods(operation, path, appeal(receipt, " "));
  }

  private static MultiMap appeal(String receipt, String text) {
    return MultiMap.caseInsensitiveMultiMap()
        .set("token", receipt.split("token=")[1])
        .set("appeal", text);
  }

  /** What every form of ours refuses. */
  private void refusesForms(String operation, String path) {
    assertEquals(
        403,
        check(operation, await(running.postTo(path).sendForm(MultiMap.caseInsensitiveMultiMap()))));
    assertEquals(415, check(operation, await(ours(path).sendJsonObject(new JsonObject()))));
    HttpRequest<Buffer> typed =
        ours(path).putHeader("Content-Type", "application/x-www-form-urlencoded");
    assertEquals(400, check(operation, await(typed.sendBuffer(Buffer.buffer("a=a&a=b")))));
    assertEquals(
        413, check(operation, await(typed.sendBuffer(Buffer.buffer("a=" + "x".repeat(140_000))))));
  }

  private void floods(String operation, String path, MultiMap form) {
    int status = 0;
    for (int i = 0; i < 1_100 && status != 429; i++)
      status =
          check(
              operation,
              await(ours(path).putHeader("X-Forwarded-For", "198.18.0.9").sendForm(form)));
    assertEquals(429, status);
  }

  private void decide(String id, String ownerToken, String receipt) {
    JsonObject card = mo.read("comments/" + id).getJsonObject("card");
    JsonObject body =
        new JsonObject()
            .put("action", "reject")
            .put("items", new JsonArray().add(AdminClient.item(id, card.getInteger("version"))));
    String operation = "POST " + ADMIN + "decisions";
    assertEquals(428, check(operation, mo.post("decisions", body)));
    assertEquals(428, check("DELETE " + ADMIN + "comments/{id}", mo.delete("comments/" + id)));
    assertEquals(200, check("GET " + ADMIN + "queue", mo.get("queue?status=noticed&order=due")));
    JsonObject statement = new JsonObject().put("facts", "Because").put("ground", "law");
    body.put("action", "hold");
    assertEquals(200, check(operation, mo.post("decisions", body)));
    assertEquals(
        428,
        check(
            "POST " + ADMIN + "comments/{id}/replies",
            mo.post("comments/" + id + "/replies", new JsonObject().put("body", "Thanks"))));
    body.getJsonArray("items").getJsonObject(0).put("version", card.getInteger("version") + 1);
    body.put("action", "reject").put("statement", statement);
    assertEquals(422, check(operation, mo.post("decisions", body)));
    body.put("settles", Notices.shown(mo, AdminClient.item(id, 1)));
    assertEquals(200, check(operation, mo.post("decisions", body)));
    HttpResponse<Buffer> own =
        await(
            running
                .get("/api/v1/sites/blog/comments/" + id)
                .bearerTokenAuthentication(ownerToken)
                .send());
    assertEquals(200, check("GET /api/v1/sites/{site}/comments/{id}", own));
    assertEquals(303, check("POST " + RECEIPT, readers.appeal(receipt, "Too mild")));
    assertEquals(200, check("GET " + ADMIN + "queue", mo.get("queue?status=noticed")));
  }

  private void appeals(String id, String ownerToken) {
    String operation = "POST " + APPEALS;
    String path = "/api/v1/sites/blog/comments/" + id + "/appeals";
    var text = new JsonObject().put("text", "It was a joke");
    assertEquals(
        403,
        check(
            operation,
            await(
                mine(path, ownerToken)
                    .putHeader("Origin", "https://x.example")
                    .sendJsonObject(text))));
    assertEquals(401, check(operation, await(mine(path, "x").sendJsonObject(text))));
    assertEquals(
        404,
        check(operation, await(mine(path.replace(id, "11zzz"), ownerToken).sendJsonObject(text))));
    assertEquals(
        422, check(operation, await(mine(path, ownerToken).sendJsonObject(new JsonObject()))));
    assertEquals(
        415, check(operation, await(mine(path, ownerToken).sendBuffer(Buffer.buffer("x")))));
    HttpRequest<Buffer> typed =
        mine(path, ownerToken).putHeader("Content-Type", "application/json");
    assertEquals(400, check(operation, await(typed.sendBuffer(Buffer.buffer("[")))));
    assertEquals(
        413, check(operation, await(typed.sendBuffer(Buffer.buffer("x".repeat(140_000))))));
    JsonObject other = running.send(comment("Public and unharmed")).bodyAsJsonObject();
    String unharmed = other.getJsonObject("comment").getString("id");
    assertEquals(
        409,
        check(
            operation,
            await(
                mine(path.replace(id, unharmed), other.getString("ownerToken"))
                    .sendJsonObject(text))));
    assertEquals(204, check(operation, await(mine(path, ownerToken).sendJsonObject(text))));
    int status = 0;
    for (int i = 0; i < 1_100 && status != 429; i++)
      status =
          check(
              operation,
              await(
                  mine(path, ownerToken)
                      .putHeader("X-Forwarded-For", "198.18.0.10")
                      .sendJsonObject(text)));
    assertEquals(429, status);
  }

  private void reasons() {
    Notices.Posted posted = readers.posted(comment("To be explained"));
    JsonObject statement = Notices.statement("terms", "Rude");
    assertEquals(
        200, Notices.decide(mo, "reject", statement, Notices.now(mo, posted.id())).statusCode());
    String url = readers.own(posted).getJsonObject("statement").getString("url");
    String page = url.substring(running.service().config().publicBaseUrl().length());
    String path = page.split("\\?")[0];
    String query = page.substring(path.length());
    assertStatus(200, "GET " + REASONS, running.get(page));
    assertStatus(400, "GET " + REASONS, running.get(page + "&token=x"));
    assertStatus(404, "GET " + REASONS, running.get(path));
    String operation = "POST " + REASONS;
    refusesForms(operation, path);
    assertEquals(404, check(operation, readers.post(path, appeal("?token=x", "Why"))));
    assertEquals(422, check(operation, readers.post(path, appeal(query, " "))));
    floods(operation, path, appeal(query, " "));
    assertEquals(303, check(operation, readers.post(path, appeal(query, "A joke"))));
    var otto = AdminClient.of(running, "Notice Otto", Map.of("blog", Role.OWNER));
    Notices.decide(
        otto, "approve", Notices.statement("none", "A joke"), Notices.now(otto, posted.id()));
    assertEquals(409, check(operation, readers.post(path, appeal(query, "Thanks"))));
  }

  private void export(String number) {
    String operation = "GET " + ADMIN + "notices";
    String list = "notices?site=blog";
    assertEquals(401, check(operation, await(running.get(ADMIN + list).send())));
    var viewer = AdminClient.of(running, "Notice Viewer", Map.of("blog", Role.VIEWER));
    assertEquals(403, check(operation, viewer.get(list)));
    assertEquals(404, check(operation, mo.get("notices?site=none")));
    assertEquals(400, check(operation, mo.get(list + "&kind=other")));
    for (String kind : new String[] {"notices", "statements", "appeals"})
      for (String format : new String[] {"json", "csv"})
        assertEquals(200, check(operation, mo.get(list + "&kind=" + kind + "&format=" + format)));
    operation = "DELETE " + ADMIN + "notices/{id}";
    String one = "notices/" + number;
    assertEquals(
        401,
        check(
            operation,
            await(
                running
                    .request(HttpMethod.DELETE, ADMIN + one)
                    .putHeader("Origin", running.service().config().publicBaseUrl())
                    .send())));
    assertEquals(403, check(operation, viewer.delete(one)));
    assertEquals(404, check(operation, mo.delete("notices/nzz")));
    assertEquals(204, check(operation, mo.delete(one)));
  }

  private HttpRequest<Buffer> ours(String path) {
    return from(running.postTo(path))
        .followRedirects(false)
        .putHeader("Origin", running.service().config().publicBaseUrl());
  }

  private HttpRequest<Buffer> mine(String path, String token) {
    return from(running.postTo(path))
        .putHeader("Origin", RunningService.ORIGIN)
        .bearerTokenAuthentication(token);
  }

  private HttpRequest<Buffer> from(HttpRequest<Buffer> request) {
    return request.putHeader("X-Forwarded-For", "198.19.0." + ++addresses % 250);
  }

  private void assertStatus(int status, String operation, HttpRequest<Buffer> request) {
    assertEquals(status, check(operation, await(request.send())));
  }

  private int check(String operation, HttpResponse<Buffer> answer) {
    return contract.check(operation, answer).statusCode();
  }
}
