package afterword.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Closes connections that say nothing, and those of an address that has too many already. One per
 * event loop; the counts are shared. A proxy that is trusted has many clients and is not counted.
 * It takes the connection's close handler: whoever streams uses the response's.
 */
public final class ConnectionGuard {
  private final Vertx vertx;
  private final ConnectionCounts counts;
  private final ClientAddress addresses;
  private final Duration firstHeadWithin;
  private final Map<HttpConnection, Long> silentToTimer = new HashMap<>();

  public ConnectionGuard(
      Vertx vertx, ConnectionCounts counts, ClientAddress addresses, Duration firstHeadWithin) {
    this.vertx = vertx;
    this.counts = counts;
    this.addresses = addresses;
    this.firstHeadWithin = firstHeadWithin;
  }

  public void opened(HttpConnection connection) {
    byte[] peer = ClientAddress.peer(connection.remoteAddress());
    boolean counted = !addresses.isProxy(peer);
    if (counted && !counts.enter(peer)) {
      connection.close();
      return;
    }
    silentToTimer.put(
        connection, vertx.setTimer(firstHeadWithin.toMillis(), id -> connection.close()));
    connection.closeHandler(
        closed -> {
          spoke(connection);
          if (counted) counts.leave(peer);
        });
  }

  /** Its first request has arrived. */
  public void spoke(HttpConnection connection) {
    Long timer = silentToTimer.remove(connection);
    if (timer != null) vertx.cancelTimer(timer);
  }
}
