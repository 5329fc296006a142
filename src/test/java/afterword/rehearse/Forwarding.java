package afterword.rehearse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** A port whose connections are passed on, byte by byte, to wherever is said when they come. */
final class Forwarding {
  private final NetClient client;
  private final Vertx vertx;
  private final Supplier<Optional<SocketAddress>> target;

  /**
   * @param target empty: refused
   */
  Forwarding(Vertx vertx, Supplier<Optional<SocketAddress>> target) {
    this.vertx = vertx;
    this.client = vertx.createNetClient();
    this.target = target;
  }

  /** Gives the port. */
  Future<Integer> listen() {
    return vertx
        .createNetServer()
        .connectHandler(this::forward)
        .listen(0, "127.0.0.1")
        .map(NetServer::actualPort);
  }

  private void forward(NetSocket incoming) {
    Optional<SocketAddress> to = target.get();
    if (to.isEmpty()) {
      incoming.close();
      return;
    }
    incoming.pause();
    var gone = new boolean[1];
    incoming.closeHandler(closed -> gone[0] = true);
    client
        .connect(to.get())
        .onSuccess(outgoing -> join(incoming, outgoing, gone[0]))
        .onFailure(refused -> incoming.close());
  }

  private static void join(NetSocket incoming, NetSocket outgoing, boolean gone) {
    if (gone) {
      outgoing.close();
      return;
    }
    incoming.closeHandler(closed -> outgoing.close());
    outgoing.closeHandler(closed -> incoming.close());
    incoming.handler(outgoing::write);
    outgoing.handler(incoming::write);
    incoming.resume();
  }
}
