package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import afterword.Service;
import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Decisions and undoing in any order, by two people at two processes: what is left is as if those
 * taken back had never been. A second service, on which only the others were made, is the measure.
 * {@code -Dstorm.steps} and {@code -Dstorm.seed} make it longer or another one.
 */
class UndoStormIT {
  private static final int COMMENTS = 60;
  private static final SiteSettings ALL_HELD =
      new SiteSettings(Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
  private static final Map<String, String> ACTION_TO_STATUS =
      Map.of(
          "approve", "published",
          "reject", "rejected",
          "spam", "spam",
          "delete", "deleted",
          "hold", "pending");

  private static final String NOTHING_LEAVES = "--notify-grace-seconds=86400";

  /** One decision on one comment that has not been taken back. */
  private record Standing(String decision, String action) {}

  private final Random random = new Random(Long.getLong("storm.seed", 11));
  private final Map<String, List<Standing>> commentToStanding = new HashMap<>();
  private final Map<String, Integer> commentToVersion = new HashMap<>();
  private final List<String> open = new ArrayList<>();
  private int refused;

  @Test
  void what_was_taken_back_has_never_been() {
    Vertx vertx = Vertx.vertx();
    try (var running = new RunningService(ALL_HELD, NOTHING_LEAVES);
        var twin = new RunningService(ALL_HELD, NOTHING_LEAVES)) {
      fill(running);
      fill(twin);
      Service second =
          RunningService.start(vertx, running.database().config(NOTHING_LEAVES), Clock.systemUTC());
      var client = WebClient.create(vertx);
      List<Desk> desks =
          List.of(
              new Desk(client, running.service(), moderator(running, "Mo")),
              new Desk(client, second, moderator(running, "Maya")));

      storm(desks);
      makeOnlyWhatStands(new Desk(client, twin.service(), moderator(twin, "Mo")));

      assertNotEquals(0, refused, "no decision was covered by another one");
      assertEquals(statuses(twin), statuses(running));
      assertNotEquals(null, outbox(twin), "nothing is left to tell of");
      assertEquals(outbox(twin), outbox(running));
      Eventually.eventually("the counters agree", () -> counters(twin).equals(counters(running)));
      Eventually.eventually(
          "the models agree",
          () -> {
            String ofTwin = learned(twin);
            return ofTwin != null && ofTwin.equals(learned(running));
          });
      await(second.stop());
    } finally {
      await(vertx.close());
    }
  }

  private void storm(List<Desk> desks) {
    int steps = Integer.getInteger("storm.steps", 240);
    for (int i = 0; i < steps; i++) {
      Desk desk = desks.get(random.nextInt(desks.size()));
      if (open.isEmpty() || random.nextInt(100) < 58) decide(desk);
      else undo(desk, open.get(random.nextInt(open.size())));
    }
  }

  private void decide(Desk desk) {
    var actions = new ArrayList<>(new TreeSet<>(ACTION_TO_STATUS.keySet()));
    String action = actions.get(random.nextInt(actions.size()));
    var ids = new ArrayList<>(new TreeSet<>(commentToVersion.keySet()));
    Collections.shuffle(ids, random);
    JsonObject decided = desk.decide(action, ids.subList(0, 1 + random.nextInt(6)));
    String decision = decided.getString("id");
    for (Object each : decided.getJsonArray("items")) {
      var item = (JsonObject) each;
      String id = item.getString("id");
      boolean changes = !ACTION_TO_STATUS.get(action).equals(status(id));
      assertEquals(changes ? "ok" : "unchanged", item.getString("result"));
      if (!changes) continue;
      commentToStanding.get(id).add(new Standing(decision, action));
      commentToVersion.put(id, item.getInteger("version"));
    }
    if (decision != null) open.add(decision);
  }

  private void undo(Desk desk, String decision) {
    for (Object each : desk.undo(decision).getJsonArray("items")) {
      var item = (JsonObject) each;
      String id = item.getString("id");
      List<Standing> standing = commentToStanding.get(id);
      boolean onTop =
          !standing.isEmpty() && standing.get(standing.size() - 1).decision.equals(decision);
      assertEquals(onTop, item.getString("result").equals("ok"), () -> id + ": " + item);
      if (!onTop) {
        refused++;
        continue;
      }
      standing.remove(standing.size() - 1);
      commentToVersion.put(id, item.getInteger("version"));
    }
    boolean stands =
        commentToStanding.values().stream()
            .flatMap(List::stream)
            .anyMatch(one -> one.decision.equals(decision));
    if (!stands) open.remove(decision);
  }

  private String status(String id) {
    List<Standing> standing = commentToStanding.get(id);
    return standing.isEmpty()
        ? "pending"
        : ACTION_TO_STATUS.get(standing.get(standing.size() - 1).action);
  }

  private void makeOnlyWhatStands(Desk desk) {
    commentToVersion.replaceAll((id, version) -> 1);
    commentToStanding.forEach(
        (id, standing) -> {
          for (Standing one : standing) {
            JsonArray items = desk.decide(one.action, List.of(id)).getJsonArray("items");
            commentToVersion.put(id, items.getJsonObject(0).getInteger("version"));
          }
        });
  }

  /** With numbers of their own, so that both services know the same comments. */
  private void fill(RunningService running) {
    int site = running.site().id();
    running
        .database()
        .run(
            """
            insert into webhook (site_id, id, url, events, secret, created_at)
            values (%1$d, 1, 'https://hook.example/', '{comment.published}', '', now());
            insert into page (site_id, id, key, url, first_seen_at)
            select %1$d, n, 'p' || n, 'https://blog.example/p' || n, now() from generate_series(1, 4) n;
            insert into comment (site_id, id, thread_id, root_id, depth, author_name, source, html, text, status, shown,
              reasons, rules_version, fingerprint, owner_token_hash, created_at)
            select %1$d, n, n %% 4 + 1, n, 0, 'Person ' || n, body, '<p>' || body || '</p>', body, 'pending', false,
              '{first-comment}', 1, int8send(n), 'o', now()
            from (
              select n, 'Number ' || n || ' speaks of ' || translate(md5(n::text), '0123456789abcdef', 'ghijklmnopqrstuv')
                || ' and of ' || translate(md5((n * 7)::text), '0123456789abcdef', 'ghijklmnopqrstuv') as body
              from generate_series(1, %2$d) n) made
            """
                .formatted(site, COMMENTS));
    for (int n = 1; n <= COMMENTS; n++) {
      String id = new PublicId(site, n).toString();
      commentToStanding.put(id, new ArrayList<>());
      commentToVersion.put(id, 1);
    }
  }

  private static String moderator(RunningService running, String name) {
    return AdminClient.of(running, name, Map.of("blog", Role.MODERATOR)).token();
  }

  private static String statuses(RunningService running) {
    return running
        .database()
        .ask(
            "select string_agg(id || ' ' || status || ' ' || shown || ' ' || (decided_at is not null), E'\\n' order by id)"
                + " from comment");
  }

  /** What is to be told of, and whether it is told as soon as without what was taken back. */
  private static String outbox(RunningService running) {
    return running
        .database()
        .ask(
            "select string_agg(concat_ws(' ', o.comment_id, told, told_edited_at,"
                + " changed_at = greatest(c.created_at, c.decided_at)), E'\\n' order by o.comment_id)"
                + " from outbox o join comment c on c.site_id = o.site_id and c.id = o.comment_id");
  }

  private static String counters(RunningService running) {
    return running
        .database()
        .ask(
            "select string_agg(p.key || ' ' || coalesce(t.published, 0), ',' order by p.key) from page p"
                + " left join thread_counter t on t.site_id = p.site_id and t.thread_id = p.id");
  }

  /** What was learned, and of how much; null while something is left to learn. */
  private static String learned(RunningService running) {
    return running
        .database()
        .ask(
            "select concat_ws(' ', spam, good, encode(digest, 'hex'), md5(weights)) from spam_model where wanted = learned");
  }

  private final class Desk {
    private final WebClient client;
    private final Service where;
    private final String token;

    Desk(WebClient client, Service where, String token) {
      this.client = client;
      this.where = where;
      this.token = token;
    }

    JsonObject decide(String action, List<String> ids) {
      var items = new JsonArray();
      ids.forEach(id -> items.add(AdminClient.item(id, commentToVersion.get(id))));
      return post("decisions", new JsonObject().put("action", action).put("items", items));
    }

    JsonObject undo(String decision) {
      return post("decisions/" + decision + "/undo", new JsonObject());
    }

    private JsonObject post(String path, JsonObject body) {
      return AdminClient.ok(
          await(
              client
                  .post(where.httpPort(), "127.0.0.1", "/api/v1/admin/" + path)
                  .putHeader("Origin", where.config().publicBaseUrl())
                  .bearerTokenAuthentication(token)
                  .sendJsonObject(body)));
    }
  }
}
