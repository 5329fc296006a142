package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Reports at the same moment: each reporter's counts once, and the one that makes it enough holds.
 */
class FlagsAtOnceIT {
  /** 10,000 where there is time for it. */
  private static final int MANY = Integer.getInteger("afterword.flags", 1_000);

  private static final int COMMENTS = 10;
  private static final int ENOUGH = MANY / 10;
  private static final int IN_PARALLEL = 100;

  /** A report as it was sent. */
  private record Flag(int comment, int reporter, Future<HttpResponse<Buffer>> answer) {}

  private RunningService running;

  @Test
  void ten_thousand_reports_at_once_count_right_and_counters_equal_a_recount() {
    try (var started = new RunningService(settings())) {
      running = started;
      List<String> ids = IntStream.range(0, COMMENTS).mapToObj(this::posted).toList();

      List<Flag> flags = sendMany(ids);

      int held = 0;
      for (int i = 0; i < COMMENTS; i++) {
        String id = ids.get(i);
        Set<Integer> heard = reporters(flags, i, 204);
        Set<Integer> tooLate = reporters(flags, i, 404);
        tooLate.removeAll(heard);
        boolean isHeld = heard.size() == ENOUGH;
        held += isHeld ? 1 : 0;
        String said = id + ": " + heard.size() + " heard, " + tooLate.size() + " too late";
        assertEquals(heard.size() + " " + 100 * heard.size(), counted(id), said);
        assertEquals(isHeld ? "pending {flagged}" : "published {open}", standing(id), said);
        assertEquals(isHeld ? "1" : "0", holds(id), said);
        if (!isHeld) assertEquals(Set.of(), tooLate, said);
      }
      assertEquals(1, held, "one is reported often enough");
      for (Flag flag : flags) {
        int status = await(flag.answer).statusCode();
        assertTrue(status == 204 || status == 404, "answered " + status);
      }
      eventually("what was held is not counted any more", () -> published().equals("9 9"));
    }
  }

  /** One is reported by more than are needed; every reporter reports twice, some the same twice. */
  private List<Flag> sendMany(List<String> ids) {
    var random = new Random(5);
    var flags = new ArrayList<Flag>();
    int to = 0;
    for (int i = 0; i < MANY; i++) {
      boolean again = i % 6 == 1;
      if (!again) to = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(COMMENTS - 1);
      flags.add(new Flag(to, i / 2, flag(ids.get(to), i / 2)));
      if (flags.size() % IN_PARALLEL == 0)
        await(Future.join(last(flags).stream().map(Flag::answer).toList()));
    }
    flags.forEach(flag -> await(flag.answer));
    return flags;
  }

  private static List<Flag> last(List<Flag> flags) {
    return flags.subList(flags.size() - IN_PARALLEL, flags.size());
  }

  private static Set<Integer> reporters(List<Flag> flags, int comment, int status) {
    var reporters = new HashSet<Integer>();
    for (Flag flag : flags)
      if (flag.comment == comment && await(flag.answer).statusCode() == status)
        reporters.add(flag.reporter);
    return reporters;
  }

  private Future<HttpResponse<Buffer>> flag(String id, int reporter) {
    String address =
        "10.%d.%d.%d".formatted(reporter / 40_000, reporter / 200 % 200, reporter % 200);
    return running
        .postTo("/api/v1/sites/blog/comments/" + id + "/flags")
        .putHeader("Origin", ORIGIN)
        .putHeader("X-Forwarded-For", address)
        .sendJsonObject(
            new JsonObject()
                .put("reason", "abuse")
                .put("commenterKey", "%032x".formatted(1_000_000 + reporter)));
  }

  private String posted(int number) {
    JsonObject posted = running.send(comment("Reported " + number)).bodyAsJsonObject();
    return posted.getJsonObject("comment").getString("id");
  }

  /** How many reports there are, and what they weigh together. */
  private String counted(String id) {
    return ask(
        "select count(*) || ' ' || coalesce(sum(weight), 0) from flag where comment_id = %d", id);
  }

  private String standing(String id) {
    return ask("select status || ' ' || reasons::text from comment where id = %d", id);
  }

  private String holds(String id) {
    return ask(
        "select count(*) from audit where action = 'hold' and actor = 'readers' and object = 'comment:%d'",
        id);
  }

  /** As it is counted, and by a recount. */
  private String published() {
    return running
        .database()
        .ask(
            "select (select sum(published) from thread_counter) || ' '"
                + " || (select count(*) from comment where status = 'published')");
  }

  private String ask(String sql, String id) {
    return running.database().ask(sql.formatted(PublicId.parse(id).orElseThrow().row()));
  }

  private static SiteSettings settings() {
    var open =
        new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    return SettingsJson.read(SettingsJson.write(open).put("flagsToHold", ENOUGH));
  }
}
