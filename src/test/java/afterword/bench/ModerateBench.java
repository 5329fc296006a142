package afterword.bench;

import static afterword.journeys.RunningService.await;

import afterword.Service;
import afterword.audit.Verification;
import afterword.auth.Role;
import afterword.browser.DeskVisit;
import afterword.journeys.AdminClient;
import afterword.journeys.Eventually;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;

/**
 * One scripted moderator in a browser, by keys alone; then ten who clear a queue over two
 * processes, by leases, and take all of it back in any order. Everything must have been decided
 * once, and afterwards be as if nothing had been.
 */
final class ModerateBench implements Benchmark {
  private static final int MODERATORS = 10;
  private static final String PASSWORD = "correct horse battery staple";
  private static final String[] ACTIONS = {"approve", "approve", "reject", "spam", "delete"};

  @Override
  public boolean inBrowser() {
    return true;
  }

  @Override
  public void measure(Run run) throws Exception {
    byKeys(run);
    byLeases(run);
  }

  private static void byKeys(Run run) {
    int cards = run.scale.of(20, 200, 200);
    try (var running = new RunningService(SiteSettings.DEFAULTS)) {
      PendingComments.fill(running.database(), 1, 100, cards);
      await(
          running
              .service()
              .moderators()
              .add(
                  "bench",
                  "maya@blog.example",
                  "Maya",
                  Optional.of(PASSWORD),
                  Map.of("blog", Role.MODERATOR),
                  false));
      run.say("one moderator clears %d cards by keys, in Chromium", cards);
      try (var visit = new DeskVisit(running.service().httpPort(), "maya@blog.example", PASSWORD)) {
        visit.clear(cards / 5, new Random(5));
        Eventually.eventually(
            "the service has every decision",
            () -> number(running, "select count(*) from comment where status = 'pending'") == 0);
        long decided = number(running, "select count(*) from decision_item");
        run.figure("keys_per_decision", visit.keys() / (double) decided, "keys", Goal.exactly(1));
        run.figure("keys_without_next_card", visit.stuck(), "count", Goal.exactly(0));
        run.figure("next_card_p50_ms", visit.nextCardMillis(0.5), "ms", Goal.stated());
        run.figure("next_card_p95_ms", visit.nextCardMillis(0.95), "ms", Goal.atMost(50));
      }
    }
  }

  private static void byLeases(Run run) throws Exception {
    int items = run.scale.of(60, 1_500, 5_000);
    Vertx vertx = Vertx.vertx();
    try (var running = new RunningService(SiteSettings.DEFAULTS)) {
      Service second = await(Service.start(vertx, running.database().config(), Clock.systemUTC()));
      try {
        clear(run, running, second, WebClient.create(vertx), items);
      } finally {
        await(second.stop());
      }
    } finally {
      await(vertx.close());
    }
  }

  private static void clear(
      Run run, RunningService running, Service second, WebClient client, int items)
      throws Exception {
    PendingComments.fill(running.database(), 1, 100, items);
    var desks = new ArrayList<Desk>();
    for (int i = 0; i < MODERATORS; i++) {
      AdminClient who = AdminClient.of(running, "Mo " + i, Map.of("blog", Role.MODERATOR));
      Service where = i % 2 == 0 ? running.service() : second;
      desks.add(new Desk(client, where, who.token(), new Random(i)));
    }
    String before = state(running);

    run.say("%d moderators clear %,d comments over two processes", MODERATORS, items);
    long start = System.nanoTime();
    all(desks, Desk::clearQueue);
    double seconds = (System.nanoTime() - start) / 1e9;
    long once =
        number(
            running,
            "select count(*) from (select comment_id from decision_item group by 1 having count(*) = 1) once");
    long waiting = number(running, "select count(*) from comment where status = 'pending'");
    run.say("%,d decisions in %.1f s; %,d conflicts", once, seconds, sum(desks, d -> d.conflicts));
    run.figure(
        "decided_exactly_once", waiting == 0 ? (double) once / items : 0, "share", Goal.exactly(1));
    run.figure("decisions_per_second", items / seconds, "per s", Goal.stated());
    run.figure(
        "least_share_of_a_moderator",
        desks.stream().mapToInt(d -> d.decisions.size()).min().orElse(0) / (double) items,
        "share",
        new Goal("> 0", share -> share > 0));
    run.figure("audit_wrong", wrong(running), "count", Goal.exactly(0));

    run.say("taking all of it back, in any order, by everybody");
    List<String> decisions = new ArrayList<>();
    desks.forEach(desk -> decisions.addAll(desk.decisions));
    Collections.shuffle(decisions, new Random(7));
    for (int i = 0; i < decisions.size(); i++)
      desks.get(i % MODERATORS).toUndo.add(decisions.get(i));
    all(desks, Desk::undoAll);
    folded(running);
    run.figure("undone_exactly", state(running).equals(before) ? 1 : 0, "share", Goal.exactly(1));
    run.figure("audit_wrong_after_undo", wrong(running), "count", Goal.exactly(0));

    bulk(run, running, desks.get(0));
  }

  private static void bulk(Run run, RunningService running, Desk desk) throws Exception {
    var items = new JsonArray();
    JsonObject page = null;
    for (int i = 0; i < 5; i++) {
      String after = page == null ? "" : "&after=" + page.getString("next");
      page = desk.ok(desk.get("queue?limit=100" + after));
      for (Object card : page.getJsonArray("cards")) items.add(item((JsonObject) card));
      if (page.getString("next") == null) break;
    }
    var best = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      JsonObject decided =
          desk.ok(
              desk.post("decisions", new JsonObject().put("action", "reject").put("items", items)));
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
      long ok =
          decided.getJsonArray("items").stream()
              .filter(item -> ((JsonObject) item).getString("result").equals("ok"))
              .count();
      if (ok != items.size()) throw new IllegalStateException("only " + ok + " were decided");
      JsonObject undone =
          desk.ok(desk.post("decisions/" + decided.getString("id") + "/undo", new JsonObject()));
      items.clear();
      for (Object back : undone.getJsonArray("items")) items.add(item((JsonObject) back));
    }
    run.say("%d comments in one decision: %.3f s", items.size(), best);
    run.figure("bulk_500_s", best, "s", Goal.atMost(1));
  }

  private static JsonObject item(JsonObject card) {
    return new JsonObject()
        .put("id", card.getString("id"))
        .put("version", card.getInteger("version"));
  }

  /** What must be the same when everything has been taken back. */
  private static String state(RunningService running) {
    return running
        .database()
        .ask(
            """
            select md5(string_agg(c.id || c.status || coalesce(c.decided_at::text, '') || c.shown, ',' order by c.id))
              || (select coalesce(sum(delta), 0) from event)
            from comment c
            """);
  }

  private static void folded(RunningService running) {
    Eventually.eventually(
        "the counters hold every event",
        () ->
            number(running, "select coalesce(sum(published), 0) from thread_counter")
                == number(running, "select count(*) from comment where status = 'published'"));
  }

  private static long wrong(RunningService running) {
    return await(new Verification(running.service().database()).verify()).wrong().size();
  }

  private static long number(RunningService running, String sql) {
    return Long.parseLong(running.database().ask(sql));
  }

  private static int sum(List<Desk> desks, ToIntFunction<Desk> what) {
    return desks.stream().mapToInt(what).sum();
  }

  private interface Work {
    void on(Desk desk) throws Exception;
  }

  private static void all(List<Desk> desks, Work work) throws Exception {
    var pool = Executors.newFixedThreadPool(desks.size());
    try {
      var parts = new ArrayList<Future<Void>>();
      for (Desk desk : desks) {
        Callable<Void> part =
            () -> {
              work.on(desk);
              return null;
            };
        parts.add(pool.submit(part));
      }
      for (Future<Void> part : parts) part.get();
    } finally {
      pool.shutdown();
    }
  }

  /** One moderator at one of the processes. */
  private static final class Desk {
    final List<String> decisions = new ArrayList<>();
    final List<String> toUndo = new ArrayList<>();
    int conflicts;
    private final WebClient client;
    private final Service where;
    private final String token;
    private final Random random;

    Desk(WebClient client, Service where, String token, Random random) {
      this.client = client;
      this.where = where;
      this.token = token;
      this.random = random;
    }

    void clearQueue() {
      while (true) {
        JsonObject lease = ok(post("leases", new JsonObject().put("n", 10)));
        JsonArray cards = lease.getJsonArray("cards");
        if (cards.isEmpty() && ok(get("queue?limit=1")).getInteger("waiting") == 0) return;
        for (Object card : cards) decide((JsonObject) card);
      }
    }

    private void decide(JsonObject card) {
      String action = ACTIONS[random.nextInt(ACTIONS.length)];
      var body =
          new JsonObject().put("action", action).put("items", new JsonArray().add(item(card)));
      JsonObject decided = ok(post("decisions", body));
      if (decided.getString("id") == null) conflicts++;
      else decisions.add(decided.getString("id"));
    }

    void undoAll() {
      for (String decision : toUndo) ok(post("decisions/" + decision + "/undo", new JsonObject()));
    }

    HttpResponse<Buffer> get(String path) {
      return await(
          client
              .get(where.httpPort(), "127.0.0.1", "/api/v1/admin/" + path)
              .bearerTokenAuthentication(token)
              .send());
    }

    HttpResponse<Buffer> post(String path, JsonObject body) {
      return await(
          client
              .post(where.httpPort(), "127.0.0.1", "/api/v1/admin/" + path)
              .putHeader("Origin", where.config().publicBaseUrl())
              .bearerTokenAuthentication(token)
              .sendJsonObject(body));
    }

    JsonObject ok(HttpResponse<Buffer> answer) {
      if (answer.statusCode() == 200) return answer.bodyAsJsonObject();
      throw new IllegalStateException(answer.statusCode() + ": " + answer.bodyAsString());
    }
  }
}
