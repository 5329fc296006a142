package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.comment.Solver;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import afterword.model.Submission.Proof;
import afterword.site.SettingsJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A site that asks for a proof of work, as programs meet it. */
class ProvingIT {
  private static final TestClock CLOCK = new TestClock();
  private static RunningService running;

  @BeforeAll
  static void start() {
    SiteSettings open =
        new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 10_000);
    running =
        new RunningService(
            SettingsJson.read(SettingsJson.write(open).put("proofOfWork", "when-risky")),
            CLOCK,
            "--trusted-proxies=127.0.0.0/8,::1/128");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void the_refusal_carries_what_to_solve_and_the_same_post_goes_through_with_it() {
    JsonObject linking = comment("See https://one.example");
    HttpResponse<Buffer> asked = post(linking, "a-key-kept-through-the-428");
    assertEquals(428, asked.statusCode());
    JsonObject problem = asked.bodyAsJsonObject();
    assertTrue(problem.getString("type").endsWith("/problems/proof-required"));

    JsonObject proof = solved(problem.getJsonObject("challenge"));

    HttpResponse<Buffer> posted =
        post(linking.copy().put("proof", proof), "a-key-kept-through-the-428");
    assertEquals(201, posted.statusCode());
    HttpResponse<Buffer> repeat = post(linking, "a-key-kept-through-the-428");
    assertEquals(201, repeat.statusCode());
    assertEquals(
        posted.bodyAsJsonObject().getString("ownerToken"),
        repeat.bodyAsJsonObject().getString("ownerToken"));
    assertEquals(
        428,
        running
            .send(comment("Me too").put("body", "https://two.example").put("proof", proof))
            .statusCode());
  }

  @Test
  void a_challenge_asked_for_beforehand_is_as_good_and_bound_to_its_page_however_it_is_named() {
    JsonObject early = comment("See https://three.example");
    JsonObject proof = solved(challenge("https://blog.example/a.html?utm_source=x"));
    assertEquals(
        428, running.send(early.copy().put("proof", solved(challenge("b.html")))).statusCode());

    assertEquals(201, running.send(early.put("proof", proof)).statusCode());
  }

  @Test
  void a_proof_is_an_object_and_an_absent_or_empty_one_is_none() {
    JsonObject linking = comment("See https://four.example");
    for (Object none : new Object[] {null, new JsonObject(), new JsonObject().put("token", "")})
      assertEquals(428, running.send(linking.copy().put("proof", none)).statusCode());

    for (Object wrong :
        new Object[] {
          "solved",
          1,
          new JsonArray(),
          new JsonObject().put("token", 1),
          new JsonObject().put("number", "1"),
          new JsonObject().put("number", -1),
          new JsonObject().put("token", "x".repeat(201)),
          new JsonObject().put("site", "blog")
        })
      assertEquals(422, running.send(linking.copy().put("proof", wrong)).statusCode(), "" + wrong);
  }

  @Test
  void in_a_rush_everybody_is_asked_for_as_long_as_it_lasts() {
    for (int i = 0; i < 30; i++)
      assertEquals(201, running.send(comment("One of very many, number " + i)).statusCode());

    Eventually.eventually(
        "the process has heard that it is busy",
        () -> running.send(comment("Who knows " + UUID.randomUUID())).statusCode() == 428);
    CLOCK.advance(Duration.ofSeconds(61));

    assertEquals(201, running.send(comment("Quiet again")).statusCode());
  }

  private static HttpResponse<Buffer> post(JsonObject comment, String key) {
    return await(running.post().putHeader("Idempotency-Key", key).sendJsonObject(comment));
  }

  private static JsonObject challenge(String page) {
    return await(
            running
                .request(HttpMethod.GET, "/api/v1/sites/blog/challenge")
                .addQueryParam("page", page)
                .send())
        .bodyAsJsonObject();
  }

  private static JsonObject solved(JsonObject challenge) {
    Proof proof = Solver.solve(challenge.getMap());
    return new JsonObject().put("token", proof.token()).put("number", proof.number());
  }
}
