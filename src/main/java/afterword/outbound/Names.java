package afterword.outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Turns a name into all of its addresses. */
@FunctionalInterface
public interface Names {
  Future<List<InetAddress>> resolve(String host);

  /**
   * By the hosts file and the name servers of the machine, as Vert.x finds the database. A name
   * server that does not answer costs time, and no thread.
   */
  static Names ofMachine(Vertx vertx) {
    return host -> {
      Promise<List<InetSocketAddress>> found = Promise.promise();
      ((VertxInternal) vertx).nameResolver().resolveAll(host, found::handle);
      return found.future().map(all -> all.stream().map(InetSocketAddress::getAddress).toList());
    };
  }
}
