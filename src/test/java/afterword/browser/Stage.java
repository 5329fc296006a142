package afterword.browser;

import static afterword.journeys.RunningService.await;

import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the widget is looked at: the real service, somebody else's page on an origin of its own,
 * and a Chromium. One per test class; every test takes pages that nobody else writes on.
 */
public final class Stage implements AutoCloseable {
  static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 2, List.of("casino"), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final RunningService running;
  private final HostPage host;
  private final Chromium chromium;

  private Stage(RunningService running, HostPage host, Chromium chromium) {
    this.running = running;
    this.host = host;
    this.chromium = chromium;
  }

  public static Stage open() throws Exception {
    return open(OPEN);
  }

  static Stage open(SiteSettings settings) throws Exception {
    var running = new RunningService(settings);
    var host = new HostPage();
    await(running.service().sites().add("host", "Host", List.of(host.origin()), settings));
    host.serve("http://localhost:" + running.service().httpPort(), "host");
    return new Stage(running, host, Chromium.start());
  }

  RunningService running() {
    return running;
  }

  HostPage host() {
    return host;
  }

  BrowserContext context() {
    return chromium.browser().newContext();
  }

  Chromium chromium() {
    return chromium;
  }

  public String service() {
    return "http://localhost:" + running.service().httpPort();
  }

  /** The key of a page that nobody has been on. */
  String newPage() {
    return "2026/03/page-" + NUMBER.incrementAndGet() + ".html";
  }

  /** Opens a page of the host's and goes down to the comments. */
  Locator visit(Page page, String key) {
    page.navigate(host.origin() + "/" + key);
    Locator widget = page.locator("afterword-comments");
    widget.scrollIntoViewIfNeeded();
    return widget;
  }

  /**
   * So many roots with so many replies each, in a chain as deep as the site lets it, all published
   * and one minute apart; the first root is the oldest.
   */
  void seed(String key, int roots, int repliesEach) {
    running
        .database()
        .run(
            """
            with site as (select id from site where key = 'host'),
            page as (
              insert into page (site_id, id, key, url, title, first_seen_at)
              select id, nextval('page_id'), '%1$s', '%2$s/%1$s', 'A page', now() from site
              returning site_id, id
            ),
            family as (
              select page.site_id, page.id as thread_id, r, c,
                page.id * 1000000 + r * 1000 + c as id, page.id * 1000000 + r * 1000 as root_id,
                case when c > 0 then page.id * 1000000 + r * 1000 + (c - 1) %% 3 end as parent_id
              from page, generate_series(1, %3$d) r, generate_series(0, %4$d) c
            ),
            told as (
              insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
              select site_id, 'comment-changed', thread_id, id, root_id, 1, now() from family
            )
            insert into comment (site_id, id, thread_id, parent_id, root_id, depth, author_name, source, html, text,
              status, shown, rules_version, fingerprint, owner_token_hash, created_at)
            select site_id, id, thread_id, parent_id, root_id, case when c = 0 then 0 else 1 + ((c - 1) %% 3) end,
              (array['Ada', 'Ben Okri', 'Chloé', '李 明', 'Dana'])[1 + (r * 7 + c) %% 5],
              'Comment ' || r || '.' || c, '<p>Comment ' || r || '.' || c || ' with <em>some</em> words to read: '
                || repeat('every page needs a reader. ', 1 + (r + c) %% 5) || '</p>', 'Comment ' || r || '.' || c,
              'published', true, 1, 'f', 'o', now() - make_interval(mins => 10000) + make_interval(mins => r * 10 + c)
            from family
            """
                .formatted(key, host.origin(), roots, repliesEach));
  }

  /**
   * The public id of the c-th reply of the r-th root that {@link #seed} made; c = 0 is the root.
   */
  String idOf(String key, int root, int reply) {
    String first =
        running.database().ask("select id * 1000000 from page where key = '" + key + "'");
    long number = Long.parseLong(first) + root * 1000L + reply;
    int site = Integer.parseInt(running.database().ask("select id from site where key = 'host'"));
    return new PublicId(site, number).toString();
  }

  /** Somebody else writes on the page; the whole answer. */
  JsonObject post(String key, String text, String parentId) {
    var answer =
        await(
            running
                .postTo("/api/v1/sites/host/comments")
                .putHeader("Origin", host.origin())
                .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                .sendJsonObject(
                    new JsonObject()
                        .put(
                            "page",
                            new JsonObject().put("key", key).put("url", host.origin() + "/" + key))
                        .put("parentId", parentId)
                        .put("author", new JsonObject().put("name", "Ada"))
                        .put("body", text)));
    if (answer.statusCode() / 100 != 2) throw new AssertionError(answer.bodyAsString());
    return answer.bodyAsJsonObject();
  }

  /** The author of a comment changes it, or takes it back where there is no text. */
  void change(JsonObject posted, String text) {
    JsonObject comment = posted.getJsonObject("comment");
    var request =
        running
            .request(
                text == null ? HttpMethod.DELETE : HttpMethod.PATCH,
                "/api/v1/sites/host/comments/" + comment.getString("id"))
            .putHeader("Origin", host.origin())
            .putHeader("Authorization", "Bearer " + posted.getString("ownerToken"))
            .putHeader("If-Match", "\"" + comment.getInteger("version") + "\"");
    var answer =
        await(
            text == null
                ? request.send()
                : request.sendJsonObject(new JsonObject().put("body", text)));
    if (answer.statusCode() / 100 != 2) throw new AssertionError(answer.bodyAsString());
  }

  /** What the database says about the comments of a page. */
  String stored(String key, String expression) {
    return running
        .database()
        .ask(
            "select "
                + expression
                + " from comment c join page p on p.site_id = c.site_id"
                + " and p.id = c.thread_id where p.key = '"
                + key
                + "'");
  }

  @Override
  public void close() {
    chromium.close();
    host.close();
    running.close();
  }
}
