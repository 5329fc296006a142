package afterword.http;

import afterword.model.Cidr;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * Whose request it is. X-Forwarded-For is believed only as far as configured proxies wrote it: read
 * from the right, the first address that is not a proxy's is the client's.
 */
public final class ClientAddress {
  private static final String KEY = "client-address";
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
    byte[] address = of(ctx);
    return address.length == 4 ? address : Cidr.masked(address, 64);
  }

  private byte[] find(RoutingContext ctx) {
    byte[] peer = Cidr.addressOf(withoutZone(ctx.request().remoteAddress().hostAddress())).orElse(new byte[4]);
    if (!trusted(peer)) return peer;
    byte[] client = peer;
    String[] hops = String.join(",", ctx.request().headers().getAll("X-Forwarded-For")).split(",");
    for (int i = hops.length - 1; i >= 0; i--) {
      Optional<byte[]> hop = Cidr.addressOf(hops[i]);
      if (hop.isEmpty()) return client;
      client = hop.get();
      if (!trusted(client)) return client;
    }
    return client;
  }

  private boolean trusted(byte[] address) {
    for (Cidr proxy : proxies) if (proxy.contains(address)) return true;
    return false;
  }

  private static String withoutZone(String address) {
    if (address == null) return "";
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
