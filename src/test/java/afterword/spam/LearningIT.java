package afterword.spam;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.Service;
import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.comment.Erasure;
import afterword.db.Database;
import afterword.events.EventStore;
import afterword.journeys.RunningService;
import afterword.model.Checks;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Decisions over HTTP, learnt by the running service, felt by the next post on any process. */
class LearningIT {
  private static final String SPAM = "Zorgle wakes the quendar, day ";
  private static final String GOOD = "The rowing club met at the harbour, day ";

  static RunningService running;
  static String token;
  static Vertx vertx;
  static Service other;

  @BeforeAll
  static void start() {
    var all =
        new SiteSettings(Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    running = new RunningService(all.with(Checks.OFF));
    var moderators = running.service().moderators();
    await(
        moderators.add(
            "test",
            "mod@blog.example",
            "Mo",
            Optional.empty(),
            Map.of("blog", Role.MODERATOR),
            false));
    token =
        await(
            moderators.issueToken(
                "mod@blog.example", "test", EnumSet.allOf(Scope.class), Optional.empty()));
    vertx = Vertx.vertx();
    other = RunningService.start(vertx, running.database().config(), Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    await(other.stop());
    await(vertx.close());
    running.close();
  }

  @Test
  void learns_what_moderators_decide_tells_every_process_and_forgets_what_they_take_back() {
    double before = score(post(running.service(), SPAM + "zero"));
    decide("spam", posts(SPAM, 6));
    decide("approve", posts(GOOD, 6));
    learnt(6, 6);
    String weights = weights();

    String here = post(running.service(), SPAM + "thirteen");
    String there = post(other, SPAM + "thirteen", "elsewhere.html");

    assertTrue(score(here) > before + 0.1, before + " became " + score(here));
    assertEquals(score(here), score(there));
    assertEquals(note(here, "model"), note(there, "model"));
    assertTrue(card(here).getJsonArray("because").encode().contains("zorgle"), card(here).encode());

    String mistake = decide("spam", posts("A harmless question about boats, day ", 3));
    learnt(9, 6);
    assertNotEquals(weights, weights());
    undo(mistake);
    learnt(6, 6);
    assertEquals(weights, weights());
    assertEquals(
        "0",
        running.database().ask("select count(*) from comment where status = 'deleted'"),
        "a machine deletes nothing");
  }

  @Test
  void one_process_at_a_time_learns_for_a_site_and_one_that_took_too_long_changes_nothing() {
    Database database = other.database();
    var store = new ModelStore(database, new EventStore());
    int site =
        await(
                running
                    .service()
                    .sites()
                    .add("quiet", "Q", List.of("https://quiet.example"), settings()))
            .id();
    // Far from now, so that the running learners leave it alone.
    running
        .database()
        .run(
            "insert into spam_model (site_id, claimed_by, claimed_until, learned_at) values (%d, '%s', now() + interval '1 hour', null)"
                .formatted(site, UUID.randomUUID()));
    var lost = new ModelStore.Claim(site, UUID.randomUUID(), 1, new byte[0]);

    var changed =
        new afterword.events.Event(site, afterword.events.Event.Kind.MODEL_CHANGED, 0, 0, 0, 0);
    boolean stored =
        await(
            store.store(
                lost,
                Learnt.from(Evidence.NONE, Evidence.NONE.digest()),
                changed,
                Clock.systemUTC().instant()));

    assertFalse(stored);
    assertEquals(
        "0", running.database().ask("select version from spam_model where site_id = " + site));
    assertEquals(
        "0",
        running
            .database()
            .ask("select count(*) from event where kind = 'model-changed' and site_id = " + site));
    assertTrue(await(store.claim(UUID.randomUUID())).filter(c -> c.site() == site).isEmpty());
  }

  @Test
  void an_example_is_the_text_that_was_decided_on_and_not_what_its_author_made_of_it() {
    JsonObject posted = answer(running.service(), "A kind word about the museum");
    String id = posted.getJsonObject("comment").getString("id");
    decide("approve", List.of(id));
    var edit =
        running
            .request(io.vertx.core.http.HttpMethod.PATCH, "/api/v1/sites/blog/comments/" + id)
            .putHeader("Origin", RunningService.ORIGIN)
            .putHeader("If-Match", "\"2\"")
            .bearerTokenAuthentication(posted.getString("ownerToken"));
    assertEquals(
        200,
        await(edit.sendJsonObject(new JsonObject().put("body", "Buy pills at once"))).statusCode());

    var store = new EvidenceStore(other.database());
    var texts =
        await(store.evidence(running.site().id())).decided().stream()
            .map(d -> d.writing().text())
            .toList();

    assertTrue(texts.contains("A kind word about the museum"), texts.toString());
    assertFalse(texts.contains("Buy pills at once"), texts.toString());
    decide("reject", List.of(id), 3);
  }

  @Test
  void what_was_erased_is_no_example_any_more() {
    String id = post(running.service(), "A word that shall be forgotten");
    decide("spam", List.of(id));
    var store = new EvidenceStore(other.database());
    int before = await(store.evidence(running.site().id())).decided().size();
    long row = afterword.model.PublicId.parse(id).orElseThrow().row();

    var erased =
        await(
            other
                .database()
                .write(
                    tx ->
                        new Erasure()
                            .erase(
                                tx,
                                running.site().id(),
                                new Long[] {row},
                                Clock.systemUTC().instant())));

    assertEquals(1, erased.size());
    assertEquals(before - 1, await(store.evidence(running.site().id())).decided().size());
  }

  private static SiteSettings settings() {
    return SiteSettings.DEFAULTS;
  }

  private static void learnt(int spam, int good) {
    eventually(
        spam + " spam and " + good + " good ones were learnt",
        () ->
            (spam + "/" + good)
                .equals(
                    running
                        .database()
                        .ask(
                            "select spam || '/' || good from spam_model where version > 0 and site_id = "
                                + running.site().id())));
    // Each process has heard of it: a post that comes later is judged by it.
    String version =
        running
            .database()
            .ask("select version from spam_model where site_id = " + running.site().id());
    for (Service service : List.of(running.service(), other))
      eventually(
          "model " + version + " judged",
          () -> version.equals(note(post(service, "Hear " + UUID.randomUUID()), "model")));
  }

  private static String weights() {
    return running
        .database()
        .ask(
            "select encode(weights, 'hex') from spam_model where site_id = " + running.site().id());
  }

  private static List<String> posts(String text, int many) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < many; i++) ids.add(post(running.service(), text + "no. " + i));
    return ids;
  }

  private static String post(Service service, String text) {
    return answer(service, text).getJsonObject("comment").getString("id");
  }

  private static String post(Service service, String text, String page) {
    return answer(service, text, page).getJsonObject("comment").getString("id");
  }

  private static JsonObject answer(Service service, String text) {
    return answer(service, text, "a.html");
  }

  private static JsonObject answer(Service service, String text, String page) {
    var at = new JsonObject().put("key", page).put("url", RunningService.ORIGIN + "/" + page);
    var answer =
        await(
            WebClient.create(vertx)
                .post(service.httpPort(), "127.0.0.1", "/api/v1/sites/blog/comments")
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                .sendJsonObject(
                    RunningService.comment(text)
                        .put("page", at)
                        .put("commenterKey", UUID.randomUUID().toString().replace("-", ""))));
    assertEquals(202, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject();
  }

  private static double score(String id) {
    return Double.parseDouble(note(id, "score"));
  }

  private static String note(String id, String what) {
    long row = afterword.model.PublicId.parse(id).orElseThrow().row();
    return running.database().ask("select notes ->> '" + what + "' from comment where id = " + row);
  }

  private static JsonObject card(String id) {
    var answer =
        await(
            running
                .get("/api/v1/admin/queue?site=blog&limit=100&order=newest")
                .bearerTokenAuthentication(token)
                .send());
    JsonArray cards = answer.bodyAsJsonObject().getJsonArray("cards");
    for (int i = 0; i < cards.size(); i++)
      if (cards.getJsonObject(i).getString("id").equals(id)) return cards.getJsonObject(i);
    throw new AssertionError("not in the queue: " + answer.bodyAsString());
  }

  private static String decide(String action, List<String> ids) {
    return decide(action, ids, 1);
  }

  private static String decide(String action, List<String> ids, int version) {
    var items = new JsonArray();
    ids.forEach(id -> items.add(new JsonObject().put("id", id).put("version", version)));
    return admin("decisions", new JsonObject().put("action", action).put("items", items))
        .getString("id");
  }

  private static void undo(String decision) {
    admin("decisions/" + decision + "/undo", new JsonObject());
  }

  private static JsonObject admin(String path, JsonObject body) {
    var answer =
        await(
            running
                .postTo("/api/v1/admin/" + path)
                .putHeader("Origin", "http://localhost:" + running.service().httpPort())
                .bearerTokenAuthentication(token)
                .sendJsonObject(body));
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject();
  }
}
