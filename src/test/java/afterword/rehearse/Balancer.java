package afterword.rehearse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Spreads connections, as a node's forwarding rules do: a new one goes to the next address, one
 * that is open stays where it is. It hears of changes a second late.
 */
final class Balancer {
  private static final long LAG_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 100;

  private final Vertx vertx;
  private final Supplier<List<String>> addresses;
  private final int port;
  private final AtomicInteger next = new AtomicInteger();
  private volatile List<String> heard = List.of();

  /**
   * @param port that each address listens on
   */
  Balancer(Vertx vertx, Supplier<List<String>> addresses, int port) {
    this.vertx = vertx;
    this.addresses = addresses;
    this.port = port;
  }

  /** Gives its own port. */
  Future<Integer> start() {
    vertx.setPeriodic(
        LOOK_MILLIS,
        timer -> {
          List<String> now = addresses.get();
          vertx.timer(LAG_MILLIS, TimeUnit.MILLISECONDS).onSuccess(late -> heard = now);
        });
    return new Forwarding(vertx, this::choose).listen();
  }

  List<String> heard() {
    return heard;
  }

  private Optional<SocketAddress> choose() {
    List<String> to = heard;
    if (to.isEmpty()) return Optional.empty();
    String address = to.get(Math.floorMod(next.getAndIncrement(), to.size()));
    return Optional.of(SocketAddress.inetSocketAddress(port, address));
  }
}
