package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.site.SettingsJson;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Worker;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service asks for a proof of work before it takes a comment. */
@Tag("browser")
class WidgetProofIT {
  private static final String TEXT = "Look what I found: https://shop.example/";

  /** Workers begin when the test says so. */
  private static final String HELD =
      """
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (task) { window.begin = () => postMessage.call(this, task); };
      """;

  private static final String POLICY =
      "default-src 'none'; script-src SERVICE; connect-src SERVICE; ";

  /** Solved by 0. */
  private static final String EASY =
      """
      {"salt": "00112233445566778899aabbccddeeff", "most": 1, "token": "x",
       "target": "dcfa3d2df7b0d2226e287ab0d6c47307ec642f2b99b7635b506edba21ca78ff7"}
      """;

  private static Stage stage;

  private final List<String> complaints = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final List<Request> posts = new ArrayList<>();
  private BrowserContext context;
  private Page page;
  private String key;
  private Locator widget;

  @BeforeAll
  static void open() throws Exception {
    stage =
        Stage.open(
            SettingsJson.read(SettingsJson.write(Stage.OPEN).put("proofOfWork", "when-risky")));
  }

  @AfterAll
  static void close() {
    if (stage != null) stage.close();
  }

  @BeforeEach
  void come() {
    key = stage.newPage();
    context = stage.context();
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onWorker(workers::add);
    page.onRequest(
        request -> {
          if (request.method().equals("POST")) posts.add(request);
        });
  }

  @AfterEach
  void leave() {
    assertEquals(List.of(), complaints);
    context.close();
  }

  @Test
  void where_the_page_allows_a_worker_it_works_there_and_posts_once() {
    enter("/worker", POLICY + "worker-src blob:");
    write();

    send();

    assertPosted();
    assertEquals(1, workers.size());
    assertTrue(workers.get(0).url().startsWith("blob:"), workers.get(0).url());
  }

  @Test
  void where_it_allows_none_the_page_works_between_other_things_and_posts_once() {
    enter("/slices", POLICY);
    write();

    send();

    assertPosted();
    assertEquals(0, workers.size());
  }

  @Test
  void where_it_requires_trusted_types_it_works_too() {
    enter(
        "/trusted",
        POLICY + "require-trusted-types-for 'script'; trusted-types afterword; worker-src blob:");
    write();

    send();

    assertPosted();
    assertEquals(0, workers.size());
  }

  @Test
  void meanwhile_it_is_shown_and_announced_how_far_it_is_and_a_keyboard_is_enough() {
    context.addInitScript(HELD);
    enter("/shown", null);
    write();
    widget.locator("#text").press("Control+Enter");
    Locator bar =
        widget.getByRole(
            AriaRole.PROGRESSBAR,
            new Locator.GetByRoleOptions().setName("Checking that this is not a machine…"));
    assertThat(bar).isVisible();
    assertThat(widget.locator(".sending .note"))
        .containsText("Checking that this is not a machine…");
    assertThat(widget.getByRole(AriaRole.STATUS)).hasText("Checking that this is not a machine…");
    assertThat(widget.locator("article.sending")).isFocused();
    assertEquals(List.of(), Axe.violations(page, "afterword-comments"));

    page.evaluate("begin()");

    assertThat(widget.getByRole(AriaRole.STATUS)).hasText("Your comment is published.");
    assertThat(widget.locator("article.published")).isFocused();
    assertPosted();
  }

  @Test
  void who_reloads_meanwhile_finds_the_text_and_posts_it_under_the_same_key() {
    context.addInitScript(HELD);
    enter("/reloaded", null);
    write();
    send();
    assertThat(widget.getByRole(AriaRole.PROGRESSBAR)).isVisible();

    page.reload();

    assertThat(widget.locator("#text")).hasValue(TEXT);
    widget.locator("input[name=name]").fill("Ada");
    send();
    assertThat(widget.getByRole(AriaRole.PROGRESSBAR)).isVisible();
    page.evaluate("begin()");
    assertPosted();
  }

  @Test
  void an_answer_lost_after_the_proof_is_asked_for_again_with_the_same_proof() {
    enter("/lost", null);
    page.route(
        "**/comments",
        route -> {
          if (posts.size() == 2) {
            route.fetch();
            route.abort();
          } else {
            route.resume();
          }
        });
    write();

    send();

    assertPosted();
    assertEquals(3, posts.size());
    assertEquals(proof(1), proof(2));
  }

  @Test
  void what_cannot_be_proven_in_time_leaves_the_text_and_says_so() {
    enter("/never", null);
    page.route(
        "**/comments",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(428)
                    .setHeaders(
                        Map.of(
                            "Access-Control-Allow-Origin", "*",
                            "Content-Type", "application/problem+json"))
                    .setBody(
                        "{\"type\":\"/problems/proof-required\",\"status\":428,\"challenge\":"
                            + EASY
                            + "}")));
    write();

    send();

    assertThat(widget.getByRole(AriaRole.ALERT).last())
        .hasText("That could not be checked in time. Your text is kept here: try again.");
    assertThat(widget.locator("#text")).hasValue(TEXT);
    assertThat(widget.getByRole(AriaRole.BUTTON, named("Post")).last()).isFocused();
    assertEquals(4, posts.size());
  }

  @Test
  void what_works_it_out_is_fetched_for_those_who_are_asked_alone() {
    var fetched = new ArrayList<String>();
    page.onRequest(request -> fetched.add(request.url()));
    enter("/plain", null);
    widget.locator("#text").fill("No link in it");
    widget.locator("input[name=name]").fill("Ada");

    send();

    assertThat(widget.locator("article.published")).hasCount(1);
    assertEquals(List.of(), fetched.stream().filter(url -> url.contains("proof")).toList());
  }

  private void enter(String path, String policy) {
    stage
        .host()
        .page(
            path,
            "<!doctype html><html lang=en><head><title>Host</title></head><body>"
                + "<script async src='%s/embed/v1.js' data-site=host data-page='%s' data-loading=eager></script>"
                    .formatted(stage.service(), key)
                + "</body></html>",
            policy == null ? null : policy.replace("SERVICE", stage.service()));
    page.navigate(stage.host().origin() + path);
    widget = page.locator("afterword-comments");
    assertThat(widget.getByRole(AriaRole.HEADING).first()).isVisible();
  }

  private void write() {
    widget.locator("#text").fill(TEXT);
    widget.locator("input[name=name]").fill("Ada");
  }

  private void send() {
    widget.getByRole(AriaRole.BUTTON, named("Post")).last().click();
  }

  /** One comment, all attempts under one key, the last of them with a proof. */
  private void assertPosted() {
    assertThat(widget.locator("article.published")).containsText("Look what I found");
    assertEquals("1", stage.stored(key, "count(*) over ()"));
    assertEquals(TEXT, stage.stored(key, "source"));
    assertEquals(
        1, posts.stream().map(post -> post.headerValue("idempotency-key")).distinct().count());
    assertEquals(null, proof(0));
    assertNotNull(proof(posts.size() - 1));
  }

  private JsonObject proof(int post) {
    return new JsonObject(posts.get(post).postData()).getJsonObject("proof");
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
