package afterword.rehearse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Spreads connections, as a node's forwarding rules do: a new one goes to the next address, one
 * that is open stays where it is. It hears of changes a second late.
 */
final class Balancer {
  static final long LAG_MILLIS = 1_000;

  private final Vertx vertx;
  private final NetClient client;
  private final Supplier<List<String>> addresses;
  private final int port;
  private final AtomicInteger next = new AtomicInteger();
  private volatile List<String> heard = List.of();
  private NetServer server;

  /**
   * @param port that each address listens on
   */
  Balancer(Vertx vertx, Supplier<List<String>> addresses, int port) {
    this.vertx = vertx;
    this.client = vertx.createNetClient();
    this.addresses = addresses;
    this.port = port;
  }

  Future<Integer> start() {
    vertx.setPeriodic(
        100,
        timer -> {
          List<String> now = addresses.get();
          if (!now.equals(heard))
            vertx.timer(LAG_MILLIS, TimeUnit.MILLISECONDS).onSuccess(t -> heard = now);
        });
    server = vertx.createNetServer().connectHandler(this::connect);
    return server.listen(0, "127.0.0.1").map(NetServer::actualPort);
  }

  List<String> heard() {
    return heard;
  }

  private void connect(NetSocket incoming) {
    List<String> to = heard;
    if (to.isEmpty()) {
      incoming.close();
      return;
    }
    incoming.pause();
    client
        .connect(port, to.get(Math.floorMod(next.getAndIncrement(), to.size())))
        .onSuccess(
            outgoing -> {
              incoming.closeHandler(closed -> outgoing.close());
              outgoing.closeHandler(closed -> incoming.close());
              incoming.handler(outgoing::write);
              outgoing.handler(incoming::write);
              incoming.resume();
            })
        .onFailure(refused -> incoming.close());
  }
}
