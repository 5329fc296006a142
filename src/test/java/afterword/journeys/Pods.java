package afterword.journeys;

import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;

import afterword.Service;
import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.config.Config;
import afterword.config.Setting;
import afterword.db.PgBouncer;
import afterword.db.TestDatabase;
import afterword.events.EventNotifier;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two services on one database. Held comments are approved on the one and must then be in every
 * public answer of the other. There they are deleted, or their author makes them into what is held,
 * in turn, and must be gone from the one; meanwhile everybody reads everything.
 */
public final class Pods implements AutoCloseable {
  /** What lies between the two and their database. */
  public enum Between {
    NOTHING,
    /** The connections that listen are ended by the server every second. */
    LISTENERS_KILLED,
    /** PgBouncer in transaction mode; the first listens past it, the other cannot listen. */
    POOLER
  }

  private static final int WORKERS = 8;
  private static final int BYSTANDERS = 2;
  private static final Pattern TOKEN = Pattern.compile("token(\\d+)x");
  private static final SiteSettings HOLDS_LINKS =
      new SiteSettings(
          Mode.OPEN, 1, 0, List.of(), true, Limits.TEXT, 6, 900, 1_000_000, 1, 1_000_000);

  private final TestDatabase database = TestDatabase.fresh();
  private final Duration limit;
  private final Optional<PgBouncer> bouncer;
  private final List<Vertx> machines = new ArrayList<>();
  private final List<Service> pods = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
  private final String moderator;

  private final AtomicInteger tokens = new AtomicInteger();
  private final Set<Integer> held = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Long> tokenToGoneAt = new ConcurrentHashMap<>();
  private final Set<String> staleAnswers = ConcurrentHashMap.newKeySet();
  private final Set<String> heldTextsSeen = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();

  /**
   * @param limit after which no answer may be stale
   */
  public Pods(Between between, Duration limit) throws IOException {
    this.limit = limit;
    bouncer =
        between == Between.POOLER ? Optional.of(PgBouncer.before(database)) : Optional.empty();
    try {
      for (int i = 0; i < 2; i++) {
        machines.add(Vertx.vertx());
        pods.add(RunningService.start(machines.get(i), config(i), Clock.systemUTC()));
      }
      Eventually.eventually("the site was added", this::addSite);
      moderator = moderator();
    } catch (AssertionError failed) {
      close();
      throw failed;
    }
    if (between == Between.LISTENERS_KILLED)
      killer.scheduleAtFixedRate(
          () -> database.terminate(EventNotifier.CHANNEL), 1, 1, TimeUnit.SECONDS);
  }

  /** What came of it. */
  public record Outcome(
      int decisions,
      int answers,
      Set<String> staleAnswers,
      Set<String> heldTextsSeen,
      Set<String> liveDiffers,
      long p50Millis,
      long p99Millis,
      long slowestMillis) {}

  /** Makes so many decisions, a few at a time. */
  public Outcome decide(int decisions) throws Exception {
    var left = new AtomicInteger(decisions / 2);
    var over = new AtomicBoolean();
    var workers = Executors.newFixedThreadPool(WORKERS + BYSTANDERS);
    var liveDiffers = ConcurrentHashMap.<String>newKeySet();
    var work = new ArrayList<java.util.concurrent.Future<?>>();
    for (int w = 0; w < WORKERS; w++) {
      String page = "page-" + w;
      work.add(workers.submit(() -> work(page, left, liveDiffers)));
    }
    for (int b = 0; b < BYSTANDERS; b++) workers.submit(() -> read(over));
    for (var one : work) one.get();
    over.set(true);
    workers.shutdown();
    workers.awaitTermination(30, TimeUnit.SECONDS);
    List<Long> sorted = delays.stream().sorted().toList();
    return new Outcome(
        decisions / 2 * 2,
        answers.get(),
        staleAnswers,
        heldTextsSeen,
        liveDiffers,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100),
        sorted.get(sorted.size() - 1));
  }

  private Void work(String page, AtomicInteger left, Set<String> liveDiffers) throws Exception {
    var decided = new ArrayList<String>();
    try (LiveReader first = live(0, page);
        LiveReader second = live(1, page)) {
      for (int round = 0; left.getAndDecrement() > 0; round++) {
        int here = round % 2;
        int there = 1 - here;
        int token = tokens.incrementAndGet();
        held.add(token);
        String text = "token" + token + "x https://held.example";
        JsonObject posted = post(here, page, text);
        String id = posted.getJsonObject("comment").getString("id");
        decided.add(id);
        see(there, page, token, id, false);
        held.remove(token);
        decide(here, "approve", id, 1);
        long approvedAt = System.nanoTime();
        see(there, page, token, id, true);
        told(page, id, "published", approvedAt, first, second);
        boolean byAuthor = round % 4 > 1;
        if (byAuthor)
          edit(there, id, posted.getString("ownerToken"), text + " https://spam.example");
        else decide(there, "delete", id, 2);
        long goneAt = System.nanoTime();
        tokenToGoneAt.put(token, goneAt);
        see(here, page, token, id, false);
        told(page, id, "removed", goneAt, first, second);
      }
      for (LiveReader reader : List.of(first, second)) {
        Eventually.eventually(
            "live told of all on " + page,
            () -> reader.ids("removed").size() >= decided.size() || reader.ended);
        if (!reader.ids("published").equals(decided) || !reader.ids("removed").equals(decided))
          liveDiffers.add(page + ": " + reader.events());
      }
    }
    return null;
  }

  /** The readers of both are told of it within the limit too. */
  private void told(String page, String id, String event, long since, LiveReader... readers) {
    for (LiveReader reader : readers) {
      while (!reader.hasToldLast(event, id)) {
        if (System.nanoTime() - since > limit.toNanos()) {
          staleAnswers.add("live of " + page + " about " + event + " " + id);
          return;
        }
        LockSupport.parkNanos(1_000_000);
      }
      delays.add((System.nanoTime() - since) / 1_000_000);
    }
  }

  /** Asks for everything until every answer is right; none may be wrong after the limit. */
  private void see(int pod, String page, int token, String id, boolean shown) throws Exception {
    long since = System.nanoTime();
    var wrong = new ArrayList<>(List.of("thread", "count", "latest", "feeds", "plain", "one"));
    while (!wrong.isEmpty()) {
      for (String kind : List.copyOf(wrong)) {
        long asked = System.nanoTime();
        if (isRight(kind, pod, page, token, id, shown)) {
          wrong.remove(kind);
          delays.add(Math.max(0, (asked - since) / 1_000_000));
        } else if (asked - since > limit.toNanos()) {
          wrong.remove(kind);
          staleAnswers.add(kind + " of " + page + " about token " + token);
        }
      }
      if (!wrong.isEmpty()) LockSupport.parkNanos(5_000_000);
    }
  }

  private boolean isRight(String kind, int pod, String page, int token, String id, boolean shown)
      throws Exception {
    String text = "token" + token + "x";
    String api = "/api/v1/sites/blog/";
    return switch (kind) {
      case "thread" -> get(pod, api + "thread?page=" + page).contains(text) == shown;
      case "count" ->
          get(pod, api + "counts?page=" + page).contains("\"" + page + "\":" + (shown ? 1 : 0));
      case "latest" -> get(pod, api + "latest?limit=100").contains(text) == shown;
      case "feeds" ->
          get(pod, api + "feed.atom?page=" + page).contains(text) == shown
              && get(pod, api + "feed.json").contains(text) == shown;
      case "plain" ->
          get(pod, "/t?site=blog&page=" + page).contains(text) == shown
              && get(pod, "/embed/v1/fragment?site=blog&page=" + page).contains(text) == shown;
      default -> get(pod, api + "comments/" + id).contains(text) == shown;
    };
  }

  /** What everybody may read, from both, all the time. */
  private Void read(AtomicBoolean over) throws Exception {
    for (int i = 0; !over.get(); i++) {
      String page = "page-" + i % WORKERS;
      get(i % 2, "/api/v1/sites/blog/thread?page=" + page + "&order=oldest");
      get(i % 2, "/api/v1/sites/blog/feed.atom");
      LockSupport.parkNanos(2_000_000);
    }
    return null;
  }

  /** Every public answer is looked through for texts that nobody may see, or not any more. */
  private String get(int pod, String path) throws Exception {
    long asked = System.nanoTime();
    String body =
        client
            .send(
                HttpRequest.newBuilder(address(pod, path)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    answers.incrementAndGet();
    Matcher found = TOKEN.matcher(body);
    while (found.find()) {
      int token = Integer.parseInt(found.group(1));
      Long goneAt = tokenToGoneAt.get(token);
      if (held.contains(token)) heldTextsSeen.add(found.group() + " in " + path);
      if (goneAt != null && asked - goneAt > limit.toNanos())
        staleAnswers.add(found.group() + " in " + path);
    }
    return body;
  }

  private JsonObject post(int pod, String page, String text) throws Exception {
    JsonObject body =
        RunningService.comment(text)
            .put("page", new JsonObject().put("key", page).put("url", ORIGIN + "/" + page));
    return send(
        "POST",
        HttpRequest.newBuilder(address(pod, "/api/v1/sites/blog/comments"))
            .header("Origin", ORIGIN)
            .header("Idempotency-Key", UUID.randomUUID().toString()),
        body,
        202);
  }

  /** By its author, to what waits for a moderator again. */
  private void edit(int pod, String id, String ownerToken, String text) throws Exception {
    JsonObject edited =
        send(
            "PATCH",
            HttpRequest.newBuilder(address(pod, "/api/v1/sites/blog/comments/" + id))
                .header("Origin", ORIGIN)
                .header("Authorization", "Bearer " + ownerToken)
                .header("If-Match", "\"2\""),
            new JsonObject().put("body", text),
            200);
    if (!edited.getJsonObject("comment").getString("status").equals("pending"))
      throw new AssertionError("the edit of " + id + " waits for nobody: " + edited);
  }

  private void decide(int pod, String action, String id, int version) throws Exception {
    JsonObject item = new JsonObject().put("id", id).put("version", version);
    JsonObject outcome =
        send(
            "POST",
            HttpRequest.newBuilder(address(pod, "/api/v1/admin/decisions"))
                .header("Authorization", "Bearer " + moderator),
            new JsonObject().put("action", action).put("items", new JsonArray().add(item)),
            200);
    String result = outcome.getJsonArray("items").getJsonObject(0).getString("result");
    if (!result.equals("ok")) throw new AssertionError(action + " of " + id + ": " + outcome);
  }

  private JsonObject send(String method, HttpRequest.Builder request, JsonObject body, int expected)
      throws Exception {
    HttpResponse<String> answer =
        client.send(
            request
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != expected)
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    return new JsonObject(answer.body());
  }

  private LiveReader live(int pod, String page) {
    var reader =
        new LiveReader(
            machines.get(pod),
            pods.get(pod).httpPort(),
            "/api/v1/sites/blog/live?page=" + page,
            Map.of());
    Eventually.eventually("the stream has begun", () -> !reader.retry.isEmpty());
    return reader;
  }

  private URI address(int pod, String path) {
    return URI.create("http://127.0.0.1:" + pods.get(pod).httpPort() + path);
  }

  private Config config(int pod) {
    Config direct =
        database.config(
            "--drain-seconds=0",
            "--live-streams-per-address=1000",
            "--in-flight=10000",
            "--connections-per-address=10000",
            "--database-pooler=" + (bouncer.isPresent() ? "transaction" : "none"));
    if (bouncer.isEmpty()) return direct;
    Config pooled = direct.with(Setting.DATABASE_URL, bouncer.get().url());
    return pod == 0 ? pooled.with(Setting.DATABASE_DIRECT_URL, database.url()) : pooled;
  }

  private boolean addSite() {
    return pods.get(0)
        .sites()
        .add("blog", "Blog", List.of(ORIGIN), HOLDS_LINKS)
        .map(true)
        .otherwise(false)
        .await();
  }

  private String moderator() {
    var people = pods.get(0).moderators();
    await(
        people.add(
            "test",
            "mod@blog.example",
            "Mo",
            Optional.empty(),
            Map.of("blog", Role.MODERATOR),
            false));
    return await(
        people.issueToken(
            "mod@blog.example", "test", EnumSet.allOf(Scope.class), Optional.empty()));
  }

  @Override
  public void close() throws IOException {
    killer.shutdownNow();
    pods.forEach(pod -> await(pod.stop()));
    machines.forEach(machine -> await(machine.close()));
    if (bouncer.isPresent()) bouncer.get().close();
  }
}
