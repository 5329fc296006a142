package afterword.outbound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.journeys.Eventually;
import afterword.outbound.OutboundException.Why;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against local servers on a free port, and a name server that says what a test wants. */
class OutboundTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final byte[] PUBLIC = {93, (byte) 184, (byte) 216, 34};

  /** The first call loads classes, which a busy machine may do for longer than any deadline. */
  @BeforeAll
  static void warm() {
    int port = server(request -> request.response().end());
    answered(listing(port), "http://127.0.0.1:" + port + "/");
  }

  private static Answer answered(Outbound outbound, String url) {
    var answer = new AtomicReference<Answer>();
    Eventually.eventually(
        url + " answered",
        () -> {
          answer.set(await(outbound.send(Call.get(url)).otherwiseEmpty()));
          return answer.get() != null;
        });
    return answer.get();
  }

  @AfterAll
  static void close() {
    await(VERTX.close());
  }

  @ParameterizedTest
  @MethodSource
  void nothing_in_the_corpus_is_called(String url) {
    var outbound = new Outbound(VERTX, OutboundTest::everythingElseIsPrivate, List.of());

    for (String spelling : List.of(url, url.replaceFirst("^http:", "https:"))) {
      OutboundException failed = failed(outbound.send(Call.get(spelling)));
      assertEquals(Why.NOT_ALLOWED, failed.why(), spelling);
    }
  }

  /** The part of the corpus that needs a server of its own has tests below. */
  static Stream<String> nothing_in_the_corpus_is_called() throws IOException {
    try (var file = OutboundTest.class.getResourceAsStream("/corpora/ssrf-urls.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.contains(" ("));
    }
  }

  /** Literals are what they are, as on any machine; every name leads to this one. */
  private static Future<List<InetAddress>> everythingElseIsPrivate(String host) {
    boolean literal = host.matches("[0-9.]+|0x[0-9a-f]+|.*:.*");
    try {
      return Future.succeededFuture(List.of(InetAddress.getByName(literal ? host : "127.0.0.1")));
    } catch (UnknownHostException unknown) {
      return Future.failedFuture(unknown);
    }
  }

  @Test
  void a_name_with_one_private_address_among_its_public_ones_is_refused() {
    Names names = host -> Future.succeededFuture(List.of(address(PUBLIC), loopback(1)));

    OutboundException failed =
        failed(new Outbound(VERTX, names, List.of()).send(Call.get("https://multi.test/")));

    assertEquals(Why.NOT_ALLOWED, failed.why());
  }

  @Test
  void the_name_is_asked_for_once_and_what_was_judged_is_connected_to() {
    int port = server(request -> request.response().end(request.getHeader("Host")));
    var asked = new AtomicInteger();
    Names rebinding = host -> Future.succeededFuture(List.of(loopback(asked.incrementAndGet())));
    var outbound = new Outbound(VERTX, rebinding, List.of("rebind.test"));

    Answer answer = await(outbound.send(Call.get("http://rebind.test:" + port + "/")));

    assertEquals(200, answer.status());
    assertEquals("rebind.test:" + port, answer.body().toString());
    assertEquals(1, asked.get());
  }

  @Test
  void a_name_that_turns_private_later_is_judged_each_time() {
    var hits = new AtomicInteger();
    int port = server(request -> count(hits, request));
    var asked = new AtomicInteger();
    Names names =
        host ->
            Future.succeededFuture(
                List.of(asked.incrementAndGet() == 1 ? address(PUBLIC) : loopback(1)));
    var outbound = new Outbound(VERTX, names, List.of());

    failed(outbound.send(Call.get("https://rebind.test:" + port + "/").within(50)));
    OutboundException second = failed(outbound.send(Call.get("https://rebind.test:" + port + "/")));

    assertEquals(Why.NOT_ALLOWED, second.why());
    assertEquals(0, hits.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void no_redirect_is_followed(int status) {
    var hits = new AtomicInteger();
    int inner = server(request -> count(hits, request));
    int port =
        server(
            request ->
                request
                    .response()
                    .setStatusCode(status)
                    .putHeader("Location", "http://127.0.0.1:" + inner + "/")
                    .end());

    Answer answer = await(listing(port).send(Call.get("http://127.0.0.1:" + port + "/")));

    assertEquals(status, answer.status());
    assertEquals(0, hits.get());
  }

  @Test
  void an_endless_answer_is_cut_off() {
    int port =
        server(
            request -> {
              var response = request.response().setChunked(true);
              VERTX.setPeriodic(
                  1,
                  timer -> {
                    if (response.closed() || response.ended()) VERTX.cancelTimer(timer);
                    else response.write("x".repeat(16_384));
                  });
            });

    OutboundException failed =
        failed(listing(port).send(Call.get("http://127.0.0.1:" + port + "/")));

    assertEquals(Why.TOO_LARGE, failed.why());
  }

  @Test
  void an_answer_of_just_the_limit_is_kept() {
    byte[] largest = new byte[Outbound.LARGEST_BYTES];
    int port = server(request -> request.response().end(Buffer.buffer(largest)));

    Answer answer = await(listing(port).send(Call.get("http://127.0.0.1:" + port + "/")));

    assertArrayEquals(largest, answer.body().getBytes());
  }

  @Test
  void a_dripping_answer_and_a_silent_server_and_a_silent_name_server_are_late() {
    int drips =
        server(
            request -> {
              var response = request.response().setChunked(true);
              VERTX.setPeriodic(
                  50,
                  timer -> {
                    if (response.closed()) VERTX.cancelTimer(timer);
                    else response.write(".");
                  });
            });
    int silent = server(request -> {});
    for (int port : List.of(drips, silent)) {
      var call = Call.get("http://127.0.0.1:" + port + "/").within(300);
      assertEquals(Why.LATE, failed(listing(port).send(call)).why());
    }
    Names nobody = host -> io.vertx.core.Promise.<List<InetAddress>>promise().future();
    var outbound = new Outbound(VERTX, nobody, List.of());
    assertEquals(Why.LATE, failed(outbound.send(Call.get("https://x.test/").within(50))).why());
  }

  /** More than there are connections at once: one that is given up is not kept. */
  @Test
  void who_does_not_answer_keeps_nobody_else_from_being_asked() {
    var hits = new AtomicInteger();
    int port = server(request -> hits.incrementAndGet());
    Outbound outbound = listing(port);
    var call = Call.get("http://127.0.0.1:" + port + "/").within(1_500);

    for (int round = 0; round < 3; round++) {
      var waiting = Stream.generate(() -> outbound.send(call)).limit(16).toList();
      for (Future<Answer> one : waiting) assertEquals(Why.LATE, failed(one).why());
    }

    Eventually.eventually("all were asked", () -> hits.get() == 48);
  }

  @Test
  void nobody_there_is_said_so() {
    Names unknown = host -> Future.failedFuture(new UnknownHostException(host));
    var outbound = new Outbound(VERTX, unknown, List.of());

    assertEquals(Why.UNREACHABLE, failed(outbound.send(Call.get("https://none.test/"))).why());
  }

  @Test
  void a_post_carries_its_headers_and_body() {
    int port =
        server(
            request ->
                request
                    .body()
                    .onSuccess(
                        body ->
                            request
                                .response()
                                .end(
                                    request.method()
                                        + " "
                                        + request.uri()
                                        + " "
                                        + request.getHeader("Content-Type")
                                        + " "
                                        + request.getHeader("X-Signed")
                                        + " "
                                        + body)));
    var call =
        Call.post("http://127.0.0.1:" + port + "/a?b=c", "text/plain", Buffer.buffer("Hello"))
            .with("X-Signed", "yes");

    assertEquals(
        "POST /a?b=c text/plain yes Hello", await(listing(port).send(call)).body().toString());
  }

  @Test
  void a_certificate_must_be_for_the_name_that_was_asked_for(@TempDir Path folder)
      throws Exception {
    PfxOptions store = certificate(folder, "hook.example");
    var options = new HttpServerOptions().setSsl(true).setKeyCertOptions(store);
    int port = server(options, request -> request.response().end("hello"));
    Names names = host -> Future.succeededFuture(List.of(loopback(1)));
    var outbound =
        new Outbound(
            VERTX,
            names,
            List.of("hook.example", "other.example"),
            new HttpClientOptions().setTrustOptions(store));

    assertEquals("hello", answered(outbound, "https://hook.example:" + port).body().toString());
    assertEquals(
        Why.UNREACHABLE, failed(outbound.send(Call.get("https://other.example:" + port))).why());
  }

  private static PfxOptions certificate(Path folder, String name) throws Exception {
    Path store = folder.resolve("store.p12");
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    Map.of(
            "-alias", "a",
            "-keyalg", "EC",
            "-dname", "CN=" + name,
            "-ext", "SAN=dns:" + name,
            "-keystore", store.toString(),
            "-storetype", "PKCS12",
            "-storepass", "changeit",
            "-validity", "2")
        .forEach((option, value) -> command.addAll(List.of(option, value)));
    command.add(1, "-genkeypair");
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, made.waitFor(), said);
    return new PfxOptions().setPath(store.toString()).setPassword("changeit");
  }

  private static Outbound listing(int port) {
    return new Outbound(VERTX, Names.ofMachine(VERTX), List.of("127.0.0.1:" + port));
  }

  private static void count(AtomicInteger hits, HttpServerRequest request) {
    hits.incrementAndGet();
    request.response().end();
  }

  private static int server(Handler<HttpServerRequest> handler) {
    return server(new HttpServerOptions(), handler);
  }

  private static int server(HttpServerOptions options, Handler<HttpServerRequest> handler) {
    return await(VERTX.createHttpServer(options).requestHandler(handler).listen(0, "127.0.0.1"))
        .actualPort();
  }

  private static InetAddress loopback(int last) {
    return address(new byte[] {127, 0, 0, (byte) last});
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static OutboundException failed(Future<Answer> call) {
    Throwable cause = await(call.map(answer -> (Throwable) null).otherwise(failure -> failure));
    assertTrue(cause != null, "it was answered");
    return assertInstanceOf(OutboundException.class, cause);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (Exception late) {
      throw new AssertionError(late);
    }
  }
}
