package afterword.outbound;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.List;

/** Turns a name into all of its addresses. */
@FunctionalInterface
public interface Names {
  Future<List<InetAddress>> resolve(String host);

  /** As the machine resolves names; it may block, so a worker asks. */
  static Names ofMachine(Vertx vertx) {
    return host -> vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false);
  }
}
