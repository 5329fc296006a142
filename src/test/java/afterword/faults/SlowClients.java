package afterword.faults;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Clients that cost a connection and never finish; who is thrown out comes back. */
final class SlowClients implements AutoCloseable {
  private static final String HEAD = "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ";
  private static final int AT_ONCE = 100;

  private final Vertx vertx;
  private final int port;
  private final NetClient client;
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final Set<NetSocket> dripping = ConcurrentHashMap.newKeySet();
  private long timer;
  private volatile boolean over;

  SlowClients(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
    this.client = vertx.createNetClient(new NetClientOptions().setReceiveBufferSize(4_096));
  }

  /** Returns when all are there. */
  void come(int dripped, int silent, String path) {
    for (int done = 0; done < dripped; done += AT_ONCE)
      batch(Math.min(AT_ONCE, dripped - done), this::drip);
    for (int done = 0; done < silent; done += AT_ONCE)
      batch(Math.min(AT_ONCE, silent - done), () -> ask(path));
    timer = vertx.setPeriodic(1_000, tick -> dripping.forEach(socket -> socket.write("x")));
  }

  private void batch(int count, java.util.function.Supplier<Future<NetSocket>> one) {
    List<Future<NetSocket>> coming = new ArrayList<>();
    for (int i = 0; i < count; i++) coming.add(one.get());
    Future.join(coming).otherwiseEmpty().await();
  }

  /** A header that never ends. */
  private Future<NetSocket> drip() {
    return connect(
        socket -> {
          open.add(socket);
          dripping.add(socket);
          socket.write(HEAD);
          socket.closeHandler(
              closed -> {
                open.remove(socket);
                dripping.remove(socket);
                if (!over) drip();
              });
        });
  }

  /** Asks for much, many times over, and reads nothing of it. */
  private Future<NetSocket> ask(String path) {
    return connect(
        socket -> {
          socket.pause();
          var requests = Buffer.buffer();
          for (int i = 0; i < 20; i++)
            requests.appendString("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
          socket.write(requests);
          open.add(socket);
          socket.closeHandler(closed -> open.remove(socket));
        });
  }

  private Future<NetSocket> connect(java.util.function.Consumer<NetSocket> then) {
    return client.connect(port, "127.0.0.1").onSuccess(then::accept);
  }

  int open() {
    return open.size();
  }

  @Override
  public void close() {
    over = true;
    vertx.cancelTimer(timer);
    open.forEach(NetSocket::close);
    client.close().await();
  }
}
