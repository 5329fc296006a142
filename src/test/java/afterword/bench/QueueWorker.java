package afterword.bench;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;

import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.journeys.RunningService;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A moderator who knows the truth about what waits, and sees nothing else: what is public is left
 * alone, right or wrong. Uses the interface that moderators use.
 */
final class QueueWorker {
  private static final int A_PAGE = 100;

  private final RunningService running;
  private final String token;

  QueueWorker(RunningService running) {
    this.running = running;
    var moderators = running.service().moderators();
    await(
        moderators.add(
            "bench",
            "mod@blog.example",
            "Mo",
            Optional.empty(),
            Map.of("blog", Role.MODERATOR),
            false));
    token =
        await(
            moderators.issueToken(
                "mod@blog.example", "bench", EnumSet.allOf(Scope.class), Optional.empty()));
  }

  /** Decides on all that waits, until nothing does; then the site's model follows. */
  void workOff(Predicate<String> isSpam) {
    for (List<JsonObject> cards = waiting(); !cards.isEmpty(); cards = waiting()) {
      decide("spam", cards.stream().filter(card -> isSpam.test(card.getString("id"))).toList());
      decide("approve", cards.stream().filter(card -> !isSpam.test(card.getString("id"))).toList());
    }
    letLearn();
  }

  private List<JsonObject> waiting() {
    var answer = queue();
    if (answer.statusCode() != 200) throw new AssertionError(answer.bodyAsString());
    return answer.bodyAsJsonObject().getJsonArray("cards").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private HttpResponse<Buffer> queue() {
    return await(
        running
            .get("/api/v1/admin/queue")
            .addQueryParam("limit", Integer.toString(A_PAGE))
            .bearerTokenAuthentication(token)
            .send());
  }

  private void decide(String action, List<JsonObject> cards) {
    if (cards.isEmpty()) return;
    var items = new JsonArray();
    for (JsonObject card : cards)
      items.add(
          new JsonObject()
              .put("id", card.getString("id"))
              .put("version", card.getInteger("version")));
    var answer =
        await(
            running
                .postTo("/api/v1/admin/decisions")
                .putHeader("Origin", "http://localhost:" + running.service().httpPort())
                .bearerTokenAuthentication(token)
                .sendJsonObject(new JsonObject().put("action", action).put("items", items)));
    if (answer.statusCode() != 200) throw new AssertionError(answer.bodyAsString());
  }

  /** The learner looks once a second by the clock of the machine, which is not the service's. */
  private void letLearn() {
    running.database().run("update spam_model set learned_at = learned_at - interval '3 seconds'");
    eventually(
        "the model follows the decisions",
        Duration.ofMinutes(2),
        () -> running.database().ask(BEHIND).equals("0"));
  }

  private static final String BEHIND =
      """
      select (select count(*) from spam_model where wanted > learned)
        + (select count(*) from event e join reader_position r on r.reader = 'spam'
            where (e.xid, e.id) > (r.xid, r.event_id))
      """;
}
