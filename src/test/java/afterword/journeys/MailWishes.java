package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.Optional;

/** Moderators with a password who say in their account how often they want mail. */
final class MailWishes {
  private static final String PASSWORD = "a long enough password";
  private static final String LOOKS =
      "select coalesce(idx_scan, 0) + coalesce(seq_scan, 0) from pg_stat_user_tables"
          + " where relname = 'waiting_mail'";

  private final RunningService running;

  MailWishes(RunningService running) {
    this.running = running;
  }

  void add(String email, Role role) {
    var moderators = running.service().moderators();
    await(moderators.add("test", email, "Mo", Optional.of(PASSWORD), Map.of("blog", role), false));
  }

  void want(String email, int minutes, String language) {
    var wanted = new JsonObject().put("everyMinutes", minutes).put("language", language);
    HttpResponse<Buffer> answer =
        await(signedIn(HttpMethod.PUT, email, "me/mail").sendJsonObject(wanted));
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
  }

  JsonObject wanted(String email) {
    return await(signedIn(HttpMethod.GET, email, "me/mail").send()).bodyAsJsonObject();
  }

  private HttpRequest<Buffer> signedIn(HttpMethod method, String email, String path) {
    var signIn = new JsonObject().put("email", email).put("password", PASSWORD);
    HttpResponse<Buffer> session = await(ours(HttpMethod.POST, "session").sendJsonObject(signIn));
    return ours(method, path)
        .putHeader("Cookie", session.getHeader("Set-Cookie").split(";")[0])
        .putHeader("X-CSRF-Token", session.bodyAsJsonObject().getString("csrf"));
  }

  private HttpRequest<Buffer> ours(HttpMethod method, String path) {
    return running
        .request(method, "/api/v1/admin/" + path)
        .putHeader("Origin", running.service().config().publicBaseUrl());
  }

  /** A look at the table that begins after now ends without a mail. */
  void noted() {
    for (int n = 0; n < 2; n++) {
      String before = running.database().ask(LOOKS);
      Eventually.eventually(
          "it was looked at again", () -> !running.database().ask(LOOKS).equals(before));
    }
  }

  double metric(String name) {
    return await(running.manage("/metrics").send())
        .bodyAsString()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
