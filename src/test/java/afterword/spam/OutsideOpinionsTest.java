package afterword.spam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.model.Checks;
import afterword.model.Mode;
import afterword.model.Opinion;
import afterword.model.Opinion.Says;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.model.Subject;
import afterword.model.Submission;
import afterword.outbound.Names;
import afterword.outbound.Outbound;
import afterword.site.SettingsJson;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whatever those outside do, there is an opinion, if only that they had none. */
class OutsideOpinionsTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final int PATIENT = 5_000;

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void akismet_says_true_false_or_nothing() throws Exception {
    assertEquals(Says.SPAM, akismet(answer("true"), PATIENT).says());
    assertEquals(Says.FINE, akismet(answer("false"), PATIENT).says());
    for (String nonsense : List.of("invalid", "", "<html>true</html>", "TRUE!", "true false"))
      assertEquals(Says.ABSENT, akismet(answer(nonsense), PATIENT).says(), nonsense);
  }

  @Test
  void akismet_is_told_what_it_asks_for() throws Exception {
    var asked = new AtomicReference<String>();

    akismet(
        request ->
            request
                .body()
                .onSuccess(
                    body -> {
                      asked.set(body.toString());
                      request.response().end("false");
                    }),
        PATIENT);

    assertTrue(asked.get().contains("api_key=k"));
    assertTrue(asked.get().contains("user_ip=203.0.113.9"));
    assertTrue(asked.get().contains("comment_content=Buy+now%21"));
  }

  @Test
  void a_hook_says_publish_hold_or_spam_with_reasons() throws Exception {
    assertEquals(
        new Opinion("hook", Says.HOLD, List.of("rude")),
        hook(answer("{\"status\":\"hold\",\"reasons\":[\"rude\",7]}"), PATIENT));
    assertEquals(Says.FINE, hook(answer("{\"status\":\"publish\"}"), PATIENT).says());
    assertEquals(Says.SPAM, hook(answer("{\"status\":\"spam\"}"), PATIENT).says());
  }

  @Test
  void a_hook_that_talks_nonsense_has_no_opinion() throws Exception {
    for (String nonsense :
        List.of(
            "",
            "<!doctype html><p>hold",
            "[]",
            "null",
            "{\"status\":\"delete\"}",
            "{\"status\":7}",
            "{\"status\":\"hold\",\"reasons\":{}}",
            "[".repeat(60_000),
            "{\"status\":\"hold\"")) {
      assertEquals(Says.ABSENT, hook(answer(nonsense), PATIENT).says(), nonsense);
    }
    assertEquals(
        List.of("status-500"),
        hook(request -> request.response().setStatusCode(500).end("{}"), PATIENT).reasons());
  }

  @Test
  void who_is_slow_dead_or_endless_has_no_opinion() throws Exception {
    assertEquals(List.of("late"), hook(request -> {}, 200).reasons());
    assertEquals(Says.ABSENT, hook(request -> request.connection().close(), PATIENT).says());
    assertEquals(
        List.of("too-large"),
        hook(
                request -> {
                  var response = request.response().setChunked(true);
                  VERTX.setPeriodic(
                      1,
                      timer -> {
                        if (response.closed()) VERTX.cancelTimer(timer);
                        else response.write("x".repeat(16_384));
                      });
                },
                PATIENT)
            .reasons());
  }

  @Test
  void a_hook_can_check_who_asks_and_learns_no_address() throws Exception {
    var signature = new AtomicReference<String>();
    var sent = new AtomicReference<String>();
    hook(
        request -> {
          signature.set(request.getHeader("Afterword-Signature"));
          request
              .body()
              .onSuccess(
                  body -> {
                    sent.set(body.toString());
                    request.response().end("{\"status\":\"publish\"}");
                  });
        },
        PATIENT);

    String time = signature.get().substring(2, signature.get().indexOf(','));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("s".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] expected = mac.doFinal((time + "." + sent.get()).getBytes(StandardCharsets.UTF_8));
    assertEquals("t=" + time + ",v1=" + HexFormat.of().formatHex(expected), signature.get());
    assertEquals("Buy now!", new JsonObject(sent.get()).getString("source"));
    assertFalse(sent.get().contains("203.0.113.9"));
    assertFalse(sent.get().contains("ada@example.org"));
  }

  @Test
  void nobody_is_asked_unless_the_owner_says_so() throws Exception {
    var outbound = new Outbound(VERTX, Names.ofMachine(VERTX), List.of());

    assertEquals(
        List.of(),
        new OutsideOpinions(outbound, new TestClock())
            .ask(subject(new JsonObject()))
            .await(30, TimeUnit.SECONDS));
  }

  private static Opinion akismet(Handler<HttpServerRequest> server, int deadline) throws Exception {
    int port = listen(server);
    var outside = new JsonObject().put("akismetKey", "k").put("deadlineMillis", deadline);
    return only(port, outside);
  }

  private static Opinion hook(Handler<HttpServerRequest> server, int deadline) throws Exception {
    int port = listen(server);
    return only(
        port,
        new JsonObject()
            .put("hookUrl", url(port))
            .put("hookSecret", "s")
            .put("deadlineMillis", deadline));
  }

  private static Opinion only(int port, JsonObject outside) throws Exception {
    var outbound = new Outbound(VERTX, Names.ofMachine(VERTX), List.of("127.0.0.1:" + port));
    List<Opinion> opinions =
        new OutsideOpinions(outbound, new TestClock(), url(port))
            .ask(subject(outside))
            .await(30, TimeUnit.SECONDS);
    assertEquals(1, opinions.size());
    return opinions.get(0);
  }

  private static Handler<HttpServerRequest> answer(String text) {
    return request -> request.response().end(text);
  }

  private static int listen(Handler<HttpServerRequest> handler) throws Exception {
    return VERTX
        .createHttpServer()
        .requestHandler(handler)
        .listen(0, "127.0.0.1")
        .await(30, TimeUnit.SECONDS)
        .actualPort();
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port + "/";
  }

  private static Subject subject(JsonObject outside) {
    SiteSettings settings =
        SettingsJson.read(
            SettingsJson.write(SiteSettings.DEFAULTS.with(Mode.OPEN).with(Checks.OFF))
                .put("outside", outside));
    var page =
        new Submission.PageReference("a", Optional.empty(), Optional.empty(), Optional.empty());
    var submission =
        new Submission(
            page,
            Optional.empty(),
            "Ada",
            Optional.of("ada@example.org"),
            Optional.empty(),
            "Buy now!",
            Optional.empty(),
            "",
            0,
            Optional.empty());
    byte[] address = {(byte) 203, 0, 113, 9};
    return new Subject(
        new Site(1, "blog", "Blog", List.of("https://blog.example"), settings, 1),
        submission,
        "Buy now!",
        List.of(),
        0,
        0,
        Optional.of(address));
  }
}
