package afterword.bench;

import static afterword.journeys.RunningService.await;

import afterword.TestClock;
import afterword.journeys.RunningService;
import afterword.model.Checks;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import afterword.spam.Judging.Teller;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Bots among people, over HTTP, against the real service, a month by its clock. Either nobody
 * moderates meanwhile, and what holds is what the service knows by itself; or somebody works off
 * the queue at stated times, and what has got through stays through.
 */
final class Replay {
  /** How the site takes comments. */
  enum Kind {
    /** Everything is published that no check and no filter holds. */
    OPEN,
    /** Known people are published; bots that look human have earned that with a first comment. */
    TRUSTED
  }

  /**
   * What it came to, in comments.
   *
   * @param spamHeld was never public, not for a moment
   * @param takenBack was public until the machine took it back
   * @param goodHeld waited, or was taken back
   * @param deleted nobody had decided to delete it
   */
  record Outcome(long spam, long spamHeld, long takenBack, long good, long goodHeld, long deleted) {
    static final Outcome NONE = new Outcome(0, 0, 0, 0, 0, 0);

    Outcome and(Outcome other) {
      return new Outcome(
          spam + other.spam,
          spamHeld + other.spamHeld,
          takenBack + other.takenBack,
          good + other.good,
          goodHeld + other.goodHeld,
          deleted + other.deleted);
    }

    double shareHeld() {
      return (double) spamHeld / spam;
    }

    double shareTakenBack() {
      return (double) takenBack / spam;
    }

    double shareGoodHeld() {
      return (double) goodHeld / good;
    }
  }

  private static final int AT_ONCE = 12;

  private final RunningService running;
  private final TestClock clock;
  private final Teller teller;
  private final QueueWorker worker;
  private final Map<String, Crowd.Post> idToPost = new HashMap<>();
  private final Map<String, int[]> kindToCounts = new TreeMap<>();
  private final Map<Crowd.Post, Integer> refused = new HashMap<>();

  private Replay(RunningService running, TestClock clock, Teller teller) {
    this.running = running;
    this.clock = clock;
    this.teller = teller;
    this.worker = new QueueWorker(running);
  }

  /**
   * @param pause how often somebody works off the queue; empty: nobody does
   */
  static Outcome of(Kind kind, long seed, Scale scale, Optional<Duration> pause, Teller teller) {
    var clock = new TestClock();
    try (var running = new RunningService(settings(kind), clock)) {
      return new Replay(running, clock, teller).run(kind, seed, scale, pause);
    }
  }

  /**
   * What a new site has, but that bursts meet no limit of the page and of the site: what holds
   * shall be checks and filter alone, and nobody works anything out. Each sender's own limits stay.
   */
  private static SiteSettings settings(Kind kind) {
    Mode mode = kind == Kind.OPEN ? Mode.OPEN : Mode.TRUSTED;
    var basic =
        new SiteSettings(
            mode, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10, 10, 1_000_000, Checks.DEFAULTS);
    return SettingsJson.read(
        SettingsJson.write(basic).put("sitePerMinute", 1_000_000).put("proofOfWork", "off"));
  }

  private Outcome run(Kind kind, long seed, Scale scale, Optional<Duration> pause) {
    var crowd = new Crowd(seed, scale.of(25, 250, 1_000), scale.of(20, 400, 2_000));
    if (kind == Kind.TRUSTED) introduce(crowd.introductions());
    List<Crowd.Post> posts = crowd.mixed(kind == Kind.TRUSTED);
    teller.say(
        "Mode \"%s\", %s: %d comments, %d of them spam",
        kind.name().toLowerCase(),
        pause
            .map(hours -> "a moderator every " + hours.toHours() + " h")
            .orElse("nobody moderates"),
        posts.size(),
        posts.stream().filter(Crowd.Post::spam).count());
    send(posts, pause.orElse(Duration.ofDays(365)));
    Map<String, Long> idToMinutes = takenBack();
    kindToCounts.forEach(
        (name, counts) ->
            teller.say(
                "  %-28s %5d  kept from readers %5d  %6.2f %%",
                name, counts[0], counts[1], 100.0 * counts[1] / counts[0]));
    tellTakenBack(idToMinutes);
    tellReasons();
    long spamBack = idToMinutes.keySet().stream().filter(this::isSpam).count();
    long goodBack = idToMinutes.size() - spamBack;
    return new Outcome(
        count("spam", 0),
        count("spam", 1),
        spamBack,
        count("good", 0),
        count("good", 1) + goodBack,
        Long.parseLong(
            running.database().ask("select count(*) from comment where status = 'deleted'")));
  }

  private boolean isSpam(String id) {
    return idToPost.get(id).spam();
  }

  /** What the machine took back, with how many minutes it had been public. */
  private Map<String, Long> takenBack() {
    String all =
        running
            .database()
            .ask(
                """
                select coalesce(string_agg(c.id || ' ' || extract(epoch from a.at - c.created_at)::bigint / 60, ','), '')
                from audit a join comment c on a.object = 'comment:' || c.id
                where a.actor = 'rules' and a.action = 'hold'
                """);
    Map<String, Long> idToMinutes = new HashMap<>();
    for (String one : all.split(",")) {
      if (one.isEmpty()) continue;
      String id = new PublicId(running.site().id(), Long.parseLong(one.split(" ")[0])).toString();
      if (idToPost.containsKey(id)) idToMinutes.put(id, Long.parseLong(one.split(" ")[1]));
    }
    return idToMinutes;
  }

  private void tellTakenBack(Map<String, Long> idToMinutes) {
    List<Long> minutes = idToMinutes.values().stream().sorted().toList();
    if (minutes.isEmpty()) return;
    teller.say(
        "  taken back after having been public: %d of spam, %d good ones; half of them within %d min, all within %d",
        idToMinutes.keySet().stream().filter(this::isSpam).count(),
        idToMinutes.keySet().stream().filter(id -> !isSpam(id)).count(),
        minutes.get(minutes.size() / 2),
        minutes.get(minutes.size() - 1));
  }

  /**
   * @param which 0 for all, 1 for those that were kept from readers
   */
  private long count(String prefix, int which) {
    return kindToCounts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToLong(entry -> entry.getValue()[which])
        .sum();
  }

  /** First comments that a moderator approves. */
  private void introduce(List<Crowd.Post> firsts) {
    firsts.sort(Comparator.comparingLong(Crowd.Post::at));
    send(firsts, Duration.ofDays(365));
    worker.workOff(id -> false);
    kindToCounts.clear();
    refused.clear();
    idToPost.clear();
  }

  /** In their order, a dozen at a time, as a service sees them. */
  private void send(List<Crowd.Post> posts, Duration pause) {
    Instant start = clock.instant();
    Instant next = start.plus(pause);
    for (int from = 0; from < posts.size(); from += AT_ONCE) {
      clock.advance(Duration.between(clock.instant(), start.plusSeconds(posts.get(from).at())));
      if (!clock.instant().isBefore(next)) {
        worker.workOff(this::isSpam);
        next = clock.instant().plus(pause);
      }
      List<Crowd.Post> some = posts.subList(from, Math.min(posts.size(), from + AT_ONCE));
      await(Future.join(some.stream().map(this::send).toList()));
    }
  }

  private Future<Void> send(Crowd.Post post) {
    var request = running.post();
    post.headers().forEach(request::putHeader);
    return request
        .sendJsonObject(post.body())
        .map(
            answer -> {
              count(post, answer.statusCode());
              if (answer.statusCode() == 201 || answer.statusCode() == 202)
                idToPost.put(
                    answer.bodyAsJsonObject().getJsonObject("comment").getString("id"), post);
              else if (answer.statusCode() >= 500)
                throw new AssertionError(answer.statusCode() + " " + answer.bodyAsString());
              return null;
            });
  }

  private synchronized void count(Crowd.Post post, int status) {
    int[] counts = kindToCounts.computeIfAbsent(post.kind(), k -> new int[2]);
    counts[0]++;
    if (status != 201) counts[1]++;
    if (status != 201 && status != 202) refused.put(post, status);
  }

  /** Why good ones were held, and what spam got through. */
  private void tellReasons() {
    String all =
        running
            .database()
            .ask(
                "select string_agg(id || ' ' || status || ' ' || array_to_string(reasons, '+'), ',') from comment");
    Map<Long, String> rowToState = new HashMap<>();
    for (String one : all.split(",")) rowToState.put(Long.parseLong(one.split(" ")[0]), one);
    Map<String, Integer> why = new TreeMap<>();
    idToPost.forEach(
        (id, post) -> {
          String[] state = rowToState.get(PublicId.parse(id).orElseThrow().row()).split(" ", 3);
          boolean published = state[1].equals("published");
          if (!post.spam() && !published) why.merge("good, held: " + state[2], 1, Integer::sum);
          if (post.spam() && !published) why.merge("spam, held: " + state[2], 1, Integer::sum);
        });
    refused.forEach(
        (post, status) ->
            why.merge((post.spam() ? "spam" : "good") + ", refused: " + status, 1, Integer::sum));
    why.forEach((reason, many) -> teller.say("    %5d  %s", many, reason));
    teller.say(
        "  fingerprints of %s comments: %s bytes each, indexes and all",
        running.database().ask("select count(distinct comment_id) from text_print"),
        running
            .database()
            .ask(
                "select pg_total_relation_size('text_print') / greatest(count(distinct comment_id), 1) from text_print"));
  }
}
