package afterword.comment;

import static afterword.comment.Posting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.db.TestDatabase;
import afterword.keys.Keys;
import afterword.model.FailureException;
import afterword.model.Mode;
import afterword.model.Score;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import afterword.spam.Writers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One history, lived under one rule set and replayed against another, must give what living it
 * under the other gives. Its length is {@code -Dreplay.posts}; 10,000 is the full form.
 */
class ReplayIT {
  private static final int POSTS = Integer.getInteger("replay.posts", 400);

  /** One attempt to post. Who decides, decides on it when so many more have been posted. */
  private record Step(
      String page,
      int person,
      int address,
      String name,
      String body,
      int answers,
      boolean trapped,
      String decision,
      int decidedAfter) {}

  /** What became of each step: verdict and reasons; absent where nothing was stored. */
  private record Lived(Map<Integer, String> stepToVerdict, JsonObject replayed) {}

  @Test
  void predicts_what_living_under_the_other_rules_gives() {
    List<Step> history = history(20_260_311);
    SiteSettings first =
        settings(
            Mode.OPEN,
            Map.of(
                "blockedWords",
                new JsonArray().add("zeppelin"),
                "sameElsewhere",
                3,
                "maxLinks",
                3));
    SiteSettings second =
        settings(
            Mode.TRUSTED,
            Map.ofEntries(
                Map.entry("trustedAfter", 2),
                Map.entry("sameElsewhere", 1),
                Map.entry("nearDuplicates", 2),
                Map.entry("recallNearDuplicates", true),
                Map.entry("doubtToHold", 800),
                Map.entry("maxLinks", 0),
                Map.entry("maxLength", 260),
                Map.entry("scoreToHold", 700),
                Map.entry("suspectWords", new JsonArray().add("the").add("de*")),
                Map.entry("rejectedPercent", 40),
                Map.entry(
                    "paths",
                    new JsonArray()
                        .add(new JsonObject().put("prefix", "p1").put("mode", "open"))
                        .add(new JsonObject().put("prefix", "p2").put("closed", true)))));

    Lived under = live(history, step -> true, first, second);
    // What was refused is not kept, so it is no part of the history that is replayed.
    Lived otherwise = live(history, under.stepToVerdict::containsKey, second, second);

    Map<String, Integer> expected = changes(under.stepToVerdict, otherwise.stepToVerdict);
    Map<String, Integer> predicted = new LinkedHashMap<>();
    for (Object change : under.replayed.getJsonArray("changes")) {
      var json = (JsonObject) change;
      predicted.put(json.getString("from") + " " + json.getString("to"), json.getInteger("count"));
    }
    assertEquals(expected, predicted);
    assertTrue(sum(expected) > POSTS / 8, "the second rule set changes a lot: " + expected);
    assertEquals(same(under, otherwise), (long) under.replayed.getInteger("same"));
    assertEquals(0, under.replayed.getInteger("unknown"));
  }

  @Test
  void by_the_settings_it_was_judged_by_nothing_changes() {
    SiteSettings settings =
        settings(
            Mode.TRUSTED,
            Map.of(
                "sameElsewhere",
                1,
                "nearDuplicates",
                2,
                "recallNearDuplicates",
                true,
                "doubtToHold",
                600));

    JsonObject replayed = live(history(7), step -> true, settings, settings).replayed;

    assertEquals(replayed.getInteger("judged"), replayed.getInteger("same"));
    assertTrue(replayed.getInteger("judged") > POSTS / 2);
    assertEquals(new JsonArray(), replayed.getJsonArray("changes"));
  }

  @Test
  void takes_the_text_that_was_judged_not_what_it_became() {
    try (var posting = new Posting(settings(Mode.OPEN, Map.of()))) {
      Posted posted = posting.say("A plain word").by(1).post();
      var moderators = new ModeratorChange(new Keys(TestDatabase.SECRET));
      await(
          posting.database.write(
              tx ->
                  moderators.edit(
                      tx,
                      posting.site,
                      posted.comment().id(),
                      1,
                      "A zeppelin",
                      posting.clock.instant().plusSeconds(5))));

      JsonObject replayed =
          replayed(
              posting,
              settings(Mode.OPEN, Map.of("blockedWords", new JsonArray().add("zeppelin"))));

      assertEquals(1, replayed.getInteger("same"));
    }
  }

  @Test
  void what_is_decided_in_the_moment_of_a_post_was_not_known_to_it() {
    try (var posting = new Posting(settings(Mode.OPEN, Map.of()))) {
      Posted first = posting.say("Is there a second part?").by(1).post();
      posting.clock.advance(Duration.ofMinutes(1));
      posting.say("There is one in spring").by(2).under(first).post();
      posting.decide(first, "published");
      posting.run(
          "update comment set decided_at = '%s' where decided_at is not null"
              .formatted(posting.clock.instant()));

      JsonObject replayed = replayed(posting, settings(Mode.ALL, Map.of()));

      assertEquals(
          "publish hold, publish refuse",
          replayed.getJsonArray("changes").stream()
              .map(JsonObject.class::cast)
              .map(change -> change.getString("from") + " " + change.getString("to"))
              .collect(Collectors.joining(", ")));
    }
  }

  @Test
  void says_what_it_cannot_know() {
    SiteSettings asking =
        settings(
            Mode.OPEN,
            Map.of("outside", new JsonObject().put("hookUrl", "https://judge.example/")));
    try (var posting = new Posting(settings(Mode.OPEN, Map.of()))) {
      posting.say("One").by(1).post();
      posting.say("Two").by(2).post();
      posting.run("update comment set notes = null where source = 'One'");

      JsonObject replayed = replayed(posting, asking);

      assertEquals(1, replayed.getInteger("unknown"));
      assertEquals(1, replayed.getInteger("unasked"));
    }
  }

  @Test
  void writes_nothing() {
    try (var posting = new Posting(settings(Mode.OPEN, Map.of()))) {
      for (int i = 0; i < 5; i++) posting.say("Number " + i).by(i).post();
      String everything =
          "select md5(string_agg(c::text, '' order by id)) || (select count(*) from event) || (select count(*) from audit) from comment c";
      String before = posting.ask(everything);

      replayed(posting, settings(Mode.ALL, Map.of()));

      assertEquals(before, posting.ask(everything));
    }
  }

  /** Lives it, then replays it against what is tried. */
  private static Lived live(
      List<Step> history, IntPredicate isPosted, SiteSettings settings, SiteSettings tried) {
    try (var posting = new Posting(settings, ReplayIT::score, Advisers.NONE)) {
      var stepToPosted = new HashMap<Integer, Posted>();
      for (int i = 0; i < history.size(); i++) {
        posting.clock.advance(Duration.ofMinutes(17));
        int step = i;
        if (isPosted.test(step))
          post(posting, history, step, stepToPosted)
              .ifPresent(posted -> stepToPosted.put(step, posted));
        decide(posting, history, i);
      }
      return new Lived(verdicts(posting), replayed(posting, tried));
    }
  }

  /** By the number of the step, which the name of the author carries. */
  private static Map<Integer, String> verdicts(Posting posting) {
    var verdicts = new HashMap<Integer, String>();
    String all =
        posting.ask(
            """
            select string_agg(split_part(author_name, ' ', 2) || ':' || (notes -> 'judged' ->> 'verdict') || ' '
              || (select string_agg(code, '+' order by code)
                  from jsonb_array_elements_text(notes -> 'judged' -> 'reasons') as code), ',')
            from comment
            """);
    for (String one : all.split(",")) {
      String[] part = one.split(":", 2);
      verdicts.put(Integer.parseInt(part[0]), part[1]);
    }
    return verdicts;
  }

  private static Optional<Posted> post(
      Posting posting, List<Step> history, int number, Map<Integer, Posted> stepToPosted) {
    Step step = history.get(number);
    Posting.Draft draft =
        posting.say(step.body).on(step.page).named(step.name).from(step.address).by(step.person);
    if (step.trapped) draft.trapped();
    boolean answers = step.answers >= 0 && history.get(step.answers).page.equals(step.page);
    if (answers && !stepToPosted.containsKey(step.answers)) return Optional.empty();
    if (answers) draft.under(stepToPosted.get(step.answers));
    return await(
        draft
            .send()
            .map(Optional::of)
            .recover(
                cause ->
                    cause instanceof FailureException
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(cause)));
  }

  /** A moderator's decision on an earlier step, if there is such a comment. */
  private static void decide(Posting posting, List<Step> history, int now) {
    for (int i = Math.max(0, now - 20); i < now; i++) {
      Step step = history.get(i);
      if (step.decision == null || i + step.decidedAfter != now) continue;
      String at = posting.clock.instant().toString();
      posting.run(
          """
          update comment set status = '%1$s', shown = '%1$s' = 'published', version = version + 1, decided_at = '%2$s'
          where author_name = '%3$s' and status in ('pending', 'published')
          """
              .formatted(step.decision, at, step.name));
    }
  }

  private static JsonObject replayed(Posting posting, SiteSettings tried) {
    var replays = new Replays(posting.vertx, posting.database, new Keys(TestDatabase.SECRET));
    Site s = posting.site;
    var site = new Site(s.id(), s.key(), s.name(), s.origins(), tried, s.version());
    return await(replays.run(site, (done, of) -> true)).json();
  }

  /** The same for the same text, and of every size. */
  private static Future<Optional<Score>> score(afterword.model.Subject subject) {
    double spam = Math.floorMod(subject.text().hashCode(), 1_000) / 1_000.0;
    return Future.succeededFuture(Optional.of(new Score(spam, List.of("“x”"), 3)));
  }

  private static SiteSettings settings(Mode mode, Map<String, Object> changed) {
    JsonObject json =
        SettingsJson.write(Posting.settings(mode))
            .put("blockedWords", new JsonArray())
            .put("perDay", 0)
            .put("maxDepth", 20);
    changed.forEach(json::put);
    return SettingsJson.read(json);
  }

  private static Map<String, Integer> changes(Map<Integer, String> was, Map<Integer, String> is) {
    return new java.util.TreeMap<>(
        was.entrySet().stream()
            .map(
                e ->
                    e.getValue().split(" ")[0]
                        + " "
                        + is.getOrDefault(e.getKey(), "refuse").split(" ")[0])
            .filter(kinds -> !kinds.split(" ")[0].equals(kinds.split(" ")[1]))
            .collect(Collectors.toMap(kinds -> kinds, kinds -> 1, Integer::sum)));
  }

  private static long same(Lived under, Lived otherwise) {
    return under.stepToVerdict.entrySet().stream()
        .filter(e -> e.getValue().equals(otherwise.stepToVerdict.get(e.getKey())))
        .count();
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** People and bots on a few pages, with repeats, answers, links and moderators' decisions. */
  private static List<Step> history(long seed) {
    var random = new Random(seed);
    var writers = Writers.heldOut(seed);
    var steps = new ArrayList<Step>();
    for (int i = 0; i < POSTS; i++) {
      Writers.Written text = random.nextInt(4) == 0 ? writers.spam() : writers.good();
      String body = text.writing().text();
      if (i > 10 && random.nextInt(6) == 0) body = steps.get(i - 1 - random.nextInt(10)).body;
      if (i > 10 && random.nextInt(8) == 0)
        body = steps.get(i - 1 - random.nextInt(10)).body + " Number " + i;
      int person = random.nextInt(POSTS / 8);
      boolean decides = random.nextInt(5) == 0;
      String decision =
          !decides
              ? null
              : List.of("published", "published", "spam", "rejected").get(random.nextInt(4));
      steps.add(
          new Step(
              "p" + random.nextInt(6) + ".html",
              person,
              1 + person % 250,
              "N " + i,
              body,
              random.nextInt(3) == 0 ? i - 1 - random.nextInt(12) : -1,
              random.nextInt(60) == 0,
              decision,
              1 + random.nextInt(18)));
    }
    return steps;
  }
}
