package afterword.db;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes a connection on, until it is frozen: then it stays open and says nothing, as when a cable
 * is cut. Connections made later work.
 */
final class FreezingProxy {
  private final NetServer server;
  private final NetClient client;
  private final List<NetSocket> passed = new CopyOnWriteArrayList<>();

  FreezingProxy(Vertx vertx, String host, int port) {
    client = vertx.createNetClient();
    server =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  socket.pause();
                  client.connect(port, host).onSuccess(other -> pass(socket, other));
                })
            .listen(0, "127.0.0.1")
            .await();
  }

  int port() {
    return server.actualPort();
  }

  int connections() {
    return passed.size();
  }

  void freeze() {
    passed.forEach(socket -> socket.handler(dropped -> {}));
  }

  private void pass(NetSocket socket, NetSocket other) {
    passed.add(socket);
    passed.add(other);
    socket.handler(other::write).closeHandler(closed -> other.close());
    other.handler(socket::write).closeHandler(closed -> socket.close());
    socket.resume();
  }
}
