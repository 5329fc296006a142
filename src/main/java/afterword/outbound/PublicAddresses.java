package afterword.outbound;

import afterword.model.Cidr;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are on the public internet: what IANA's registries of special purpose addresses
 * leave, for IPv6 only what is handed out at all. Addresses that carry an IPv4 address inside are
 * judged by that one, or refused where the translation is up to others.
 */
final class PublicAddresses {
  private static final List<Cidr> NOT_PUBLIC_4 =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.31.196.0/24",
          "192.52.193.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "192.175.48.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  private static final Cidr HANDED_OUT_6 = range("2000::/3");

  /** Teredo, benchmarking, ORCHID and others; documentation; 6to4; segment routing. */
  private static final List<Cidr> NOT_PUBLIC_6 =
      ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48");

  /** The well-known prefix of NAT64 (RFC 6052), which translates to the IPv4 address at its end. */
  private static final Cidr NAT64 = range("64:ff9b::/96");

  private PublicAddresses() {}

  /**
   * @param address 4 or 16 bytes; ::ffff:a.b.c.d counts as the IPv4 address
   */
  static boolean contains(byte[] address) {
    if (address.length == 4) return NOT_PUBLIC_4.stream().noneMatch(r -> r.contains(address));
    if (isMapped(address) || NAT64.contains(address))
      return contains(Arrays.copyOfRange(address, 12, 16));
    return HANDED_OUT_6.contains(address)
        && NOT_PUBLIC_6.stream().noneMatch(r -> r.contains(address));
  }

  private static boolean isMapped(byte[] address) {
    for (int i = 0; i < 10; i++) if (address[i] != 0) return false;
    return address[10] == -1 && address[11] == -1;
  }

  private static List<Cidr> ranges(String... texts) {
    return Arrays.stream(texts).map(PublicAddresses::range).toList();
  }

  private static Cidr range(String text) {
    return Cidr.parse(text).orElseThrow();
  }
}
