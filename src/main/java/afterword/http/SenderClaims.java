package afterword.http;

import afterword.model.Cidr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What headers claim about the sender of a request. Browsers send no such header, and proxies agree
 * with each other: each of the headers may be missing, hide an address or name one of a network of
 * its own, but one that names a public address of which the others know nothing is made up.
 */
final class SenderClaims {
  /** RFC 7239, section 6; what is hidden behind a name is no address. */
  private static final Pattern FORWARDED_FOR =
      Pattern.compile("(?i)\\bfor=\"?(\\[[0-9a-f:.]++\\](?::\\d++)?+|[0-9.]++(?::\\d++)?+)");

  private static final int MOST_HOPS = 20;

  private static final List<Cidr> LOCAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "::/127",
              "fc00::/7",
              "fe80::/10")
          .map(text -> Cidr.parse(text).orElseThrow())
          .toList();

  private SenderClaims() {}

  /** Where X-Forwarded-For says nothing there is nothing to contradict. */
  static boolean contradict(
      byte[] peer,
      String forwardedFor,
      String forwarded,
      String realIp,
      Predicate<byte[]> isProxy) {
    List<byte[]> known = addresses(Arrays.stream(forwardedFor.split(",", MOST_HOPS + 1)));
    if (known.isEmpty()) return false;
    known.add(peer);
    Stream<String> others =
        Stream.concat(
            FORWARDED_FOR.matcher(forwarded).results().map(hop -> hop.group(1)),
            Arrays.stream(realIp.split(",", MOST_HOPS + 1)));
    return addresses(others).stream()
        .filter(address -> !isLocal(address) && !isProxy.test(address))
        .anyMatch(address -> known.stream().noneMatch(other -> Arrays.equals(other, address)));
  }

  private static List<byte[]> addresses(Stream<String> hops) {
    return hops.limit(MOST_HOPS)
        .flatMap(hop -> Cidr.addressOf(ClientAddress.withoutPort(hop.strip())).stream())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean isLocal(byte[] address) {
    return LOCAL.stream().anyMatch(local -> local.contains(address));
  }
}
