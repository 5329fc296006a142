package afterword.journeys;

import static afterword.journeys.RunningService.await;
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

/** One moderator's access token, and what can be asked with it. */
public final class AdminClient {
  private final RunningService running;
  private final String token;

  private AdminClient(RunningService running, String token) {
    this.running = running;
    this.token = token;
  }

  /** A new person with this role on the sites. */
  public static AdminClient of(RunningService running, String name, Map<String, Role> roles) {
    return of(running, name, roles, false);
  }

  public static AdminClient of(
      RunningService running, String name, Map<String, Role> roles, boolean operator) {
    String email = name.toLowerCase().replace(' ', '.') + "@blog.example";
    var moderators = running.service().moderators();
    await(moderators.add("test", email, name, Optional.empty(), roles, operator));
    return new AdminClient(
        running,
        await(moderators.issueToken(email, "test", EnumSet.allOf(Scope.class), Optional.empty())));
  }

  public String token() {
    return token;
  }

  public HttpRequest<Buffer> request(HttpMethod method, String path) {
    return running
        .request(method, "/api/v1/admin/" + path)
        .putHeader("Origin", running.service().config().publicBaseUrl())
        .bearerTokenAuthentication(token);
  }

  public HttpResponse<Buffer> get(String path) {
    return await(request(HttpMethod.GET, path).send());
  }

  public HttpResponse<Buffer> post(String path, JsonObject body) {
    return await(request(HttpMethod.POST, path).sendJsonObject(body));
  }

  public HttpResponse<Buffer> patch(String path, JsonObject body) {
    return await(request(HttpMethod.PATCH, path).sendJsonObject(body));
  }

  public HttpResponse<Buffer> delete(String path) {
    return await(request(HttpMethod.DELETE, path).send());
  }

  /** The answer's JSON, which must be a 200. */
  public JsonObject read(String path) {
    return ok(get(path));
  }

  public static JsonObject ok(HttpResponse<Buffer> answer) {
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject();
  }

  public JsonObject decide(String action, JsonObject... items) {
    return ok(
        post(
            "decisions",
            new JsonObject().put("action", action).put("items", new JsonArray(List.of(items)))));
  }

  public static JsonObject item(String id, int version) {
    return new JsonObject().put("id", id).put("version", version);
  }
}
