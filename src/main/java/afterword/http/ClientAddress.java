package afterword.http;

import afterword.model.Cidr;
import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose request it is. X-Forwarded-For is believed only as far as configured proxies wrote it: read
 * from the right, the first address that is not a proxy's is the client's.
 */
public final class ClientAddress {
  private static final String KEY = "client-address";
  private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+|\\[[^\\]]+\\]):\\d{1,5}");

  private final List<Cidr> proxies;

  public ClientAddress(List<String> trustedProxies) {
    this.proxies = trustedProxies.stream().map(text -> Cidr.parse(text).orElseThrow()).toList();
  }

  /** 4 bytes for IPv4, 16 for IPv6. */
  public byte[] of(RoutingContext ctx) {
    byte[] known = ctx.get(KEY);
    if (known == null) {
      known = find(ctx);
      ctx.put(KEY, known);
    }
    return known;
  }

  /** What counts as one sender: an IPv4 address, or an IPv6 /64. */
  public byte[] rangeOf(RoutingContext ctx) {
    return range(of(ctx));
  }

  /** Whether headers name senders that contradict each other. */
  public boolean isContradicted(RoutingContext ctx) {
    MultiMap headers = ctx.request().headers();
    return SenderClaims.contradict(
        peer(ctx.request().connection().remoteAddress()),
        String.join(",", headers.getAll("X-Forwarded-For")),
        String.join(",", headers.getAll("Forwarded")),
        String.join(",", headers.getAll("X-Real-IP")),
        this::isProxy);
  }

  static byte[] range(byte[] address) {
    return address.length == 4 ? address : Cidr.masked(address, 64);
  }

  /** The other end of the connection itself; 0.0.0.0 where it has no address. */
  static byte[] peer(SocketAddress remote) {
    String literal = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
    int zone = literal.indexOf('%');
    return Cidr.addressOf(zone < 0 ? literal : literal.substring(0, zone)).orElse(new byte[4]);
  }

  private byte[] find(RoutingContext ctx) {
    byte[] peer = peer(ctx.request().connection().remoteAddress());
    if (!isProxy(peer)) return peer;
    return of(peer, String.join(",", ctx.request().headers().getAll("X-Forwarded-For")));
  }

  byte[] of(byte[] peer, String forwardedFor) {
    byte[] client = peer;
    String[] hops = forwardedFor.split(",");
    for (int i = hops.length - 1; i >= 0 && isProxy(client); i--) {
      Optional<byte[]> hop = Cidr.addressOf(withoutPort(hops[i].strip()));
      if (hop.isEmpty()) break;
      client = hop.get();
    }
    return client;
  }

  boolean isProxy(byte[] address) {
    for (Cidr proxy : proxies) if (proxy.contains(address)) return true;
    return false;
  }

  static String withoutPort(String hop) {
    Matcher matcher = WITH_PORT.matcher(hop);
    return matcher.matches() ? matcher.group(1) : hop;
  }
}
