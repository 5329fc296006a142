package afterword.outbound;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Writes down whom a client wants to be connected with, and connects with nobody: so a test may
 * call addresses of the public internet and nothing leaves the machine (SOCKS 5, RFC 1928).
 */
final class SocksServer {
  private static final Buffer NO_PASSWORD = Buffer.buffer(new byte[] {5, 0});
  private static final int A_NAME = 3;

  private final List<String> wanted = new CopyOnWriteArrayList<>();
  private final NetServer server;

  SocksServer(Vertx vertx) throws Exception {
    server =
        vertx
            .createNetServer()
            .connectHandler(this::greet)
            .listen(0, "127.0.0.1")
            .await(30, TimeUnit.SECONDS);
  }

  /** "host:port" each, in their order. */
  List<String> wanted() {
    return wanted;
  }

  ProxyOptions proxy() {
    return new ProxyOptions()
        .setType(ProxyType.SOCKS5)
        .setHost("127.0.0.1")
        .setPort(server.actualPort());
  }

  private void greet(NetSocket socket) {
    socket.handler(
        greeting -> {
          socket.handler(request -> note(socket, request));
          socket.write(NO_PASSWORD);
        });
  }

  /** Version, command, 0, type of address, the address, two bytes of port. */
  private void note(NetSocket socket, Buffer request) {
    int end = request.length() - 2;
    String host =
        request.getByte(3) == A_NAME
            ? request.getString(5, end)
            : "%d.%d.%d.%d"
                .formatted(
                    request.getUnsignedByte(4),
                    request.getUnsignedByte(5),
                    request.getUnsignedByte(6),
                    request.getUnsignedByte(7));
    wanted.add(host + ":" + request.getUnsignedShort(end));
    socket.close();
  }
}
