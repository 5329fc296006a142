package afterword.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import afterword.model.Cidr;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private final ClientAddress addresses = new ClientAddress(List.of("10.0.0.0/8", "2001:db8::/32"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "192.0.2.1; ; 192.0.2.1",
        "192.0.2.1; 6.6.6.6; 192.0.2.1",
        "10.0.0.1; ; 10.0.0.1",
        "10.0.0.1; 6.6.6.6; 6.6.6.6",
        "10.0.0.1; 6.6.6.6, 7.7.7.7; 7.7.7.7",
        "10.0.0.1; 6.6.6.6, 7.7.7.7, 10.0.0.2; 7.7.7.7",
        "10.0.0.1; 10.0.0.3, 10.0.0.2; 10.0.0.3",
        "10.0.0.1; 6.6.6.6, nonsense, 10.0.0.2; 10.0.0.2",
        "10.0.0.1; localhost; 10.0.0.1",
        "10.0.0.1; 7.7.7.7:4711; 7.7.7.7",
        "10.0.0.1; [2001:db9::1]:4711; 2001:db9::1",
        "10.0.0.1; ::ffff:7.7.7.7; 7.7.7.7",
        "::ffff:10.0.0.1; 7.7.7.7; 7.7.7.7",
        "2001:db8::5; 7.7.7.7; 7.7.7.7",
        "fe80::1; 7.7.7.7; fe80::1"
      })
  void is_what_the_last_trusted_proxy_saw(String peer, String forwardedFor, String expected) {
    assertArrayEquals(
        bytes(expected), addresses.of(bytes(peer), forwardedFor == null ? "" : forwardedFor));
  }

  @Test
  void a_range_is_one_ipv4_address_or_one_ipv6_64() {
    assertArrayEquals(bytes("7.7.7.7"), ClientAddress.range(bytes("7.7.7.7")));
    assertArrayEquals(bytes("2001:db9:1:2::"), ClientAddress.range(bytes("2001:db9:1:2:3:4:5:6")));
  }

  @Test
  void a_proxy_that_is_no_address_stops_the_start() {
    assertThrows(RuntimeException.class, () -> new ClientAddress(List.of("proxy.example")));
  }

  @Test
  void a_thousand_forged_hops_cost_nothing() {
    String hops = "6.6.6.6, ".repeat(1_000) + "7.7.7.7";
    assertEquals(
        Arrays.toString(bytes("7.7.7.7")), Arrays.toString(addresses.of(bytes("10.0.0.1"), hops)));
  }

  private static byte[] bytes(String literal) {
    return Cidr.addressOf(literal).orElseThrow();
  }
}
