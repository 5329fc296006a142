package afterword.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import afterword.outbound.OutboundException.Why;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names as the machine resolves them, by a real name server that changes what it says. */
class RebindingTest {
  private static final byte[] PUBLIC = {93, (byte) 184, (byte) 216, 34};

  private NameServer names;
  private Vertx vertx;

  @AfterEach
  void close() throws Exception {
    vertx.close().await(30, TimeUnit.SECONDS);
    names.close();
  }

  @Test
  void the_address_that_was_judged_is_the_one_connected_to_and_nobody_asks_twice()
      throws Exception {
    answering(nth -> List.of(nth == 1 ? PUBLIC : loopback(1)));
    var socks = new SocksServer(vertx);
    Outbound outbound = outbound(List.of(), socks);

    assertEquals(Why.UNREACHABLE, failed(outbound, "https://rebind.test/").why());
    assertEquals(List.of("rebind.test."), names.asked());
    assertEquals(List.of("93.184.216.34:443"), socks.wanted());

    assertEquals(Why.NOT_ALLOWED, failed(outbound, "https://rebind.test/").why());
    assertEquals(List.of("rebind.test.", "rebind.test."), names.asked());
    assertEquals(1, socks.wanted().size(), "nothing private was called");
  }

  @Test
  void every_call_asks_once_and_goes_where_that_one_answer_leads() throws Exception {
    answering(nth -> List.of(loopback(nth)));
    var socks = new SocksServer(vertx);
    Outbound outbound = outbound(List.of("rebind.test"), socks);

    for (int i = 0; i < 5; i++) failed(outbound, "http://rebind.test:81/");

    assertEquals(
        List.of("127.0.0.1:81", "127.0.0.2:81", "127.0.0.3:81", "127.0.0.4:81", "127.0.0.5:81"),
        socks.wanted());
    assertEquals(5, names.asked().size());
  }

  @Test
  void one_private_address_among_public_ones_is_enough_to_refuse() throws Exception {
    answering(nth -> List.of(PUBLIC, loopback(1)));
    var socks = new SocksServer(vertx);

    assertEquals(Why.NOT_ALLOWED, failed(outbound(List.of(), socks), "https://multi.test/").why());
    assertEquals(List.of(), socks.wanted());
  }

  @Test
  void a_name_without_addresses_leads_nowhere() throws Exception {
    answering(nth -> List.of());
    var socks = new SocksServer(vertx);

    assertEquals(Why.UNREACHABLE, failed(outbound(List.of(), socks), "https://none.test/").why());
    assertEquals(List.of(), socks.wanted());
  }

  /** There is one worker; nothing else would be done while it waits for an answer. */
  @Test
  void a_silent_name_server_holds_no_thread() throws Exception {
    answering(nth -> null);
    var outbound = new Outbound(vertx, Names.ofMachine(vertx), List.of());
    Future<Answer> waiting = outbound.send(Call.get("https://silent.test/").within(2_000));

    assertEquals(7, vertx.executeBlocking(() -> 7).await(30, TimeUnit.SECONDS));

    assertEquals(Why.LATE, failure(waiting).why());
  }

  private void answering(IntFunction<List<byte[]>> nthToAddresses) {
    names = new NameServer(nthToAddresses);
    vertx = names.vertx();
  }

  private Outbound outbound(List<String> listed, SocksServer socks) {
    return new Outbound(
        vertx,
        Names.ofMachine(vertx),
        listed,
        new HttpClientOptions().setProxyOptions(socks.proxy()));
  }

  private static OutboundException failed(Outbound outbound, String url) throws Exception {
    return failure(outbound.send(Call.get(url)));
  }

  private static OutboundException failure(Future<Answer> call) throws Exception {
    Throwable cause =
        call.map(answer -> (Throwable) null)
            .otherwise(failure -> failure)
            .await(30, TimeUnit.SECONDS);
    return assertInstanceOf(OutboundException.class, cause);
  }

  private static byte[] loopback(int last) {
    return new byte[] {127, 0, 0, (byte) last};
  }
}
