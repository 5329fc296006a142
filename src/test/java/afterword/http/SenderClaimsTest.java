package afterword.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import afterword.model.Cidr;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service's own proxy is 10.0.0.1; 6.6.6.6 is whom it saw. */
class SenderClaimsTest {
  private final ClientAddress addresses = new ClientAddress(List.of("10.0.0.0/8", "7.7.7.0/24"));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      emptyValue = "",
      nullValues = "-",
      value = {
        "nothing is said;                          '';                ''; ''; false",
        "one header alone;                         '';                ''; 5.5.5.5; false",
        "everybody says the same;                  6.6.6.6;           for=6.6.6.6; 6.6.6.6; false",
        "with ports, in brackets;                  6.6.6.6:80, [2a00::1]:7; 'for=\"[2a00::1]:9\"'; 6.6.6.6; false",
        "a company names who sits behind it;       '10.1.2.3, 6.6.6.6'; for=10.1.2.3; ''; false",
        "a wall at home;                           6.6.6.6;           for=192.168.0.7; ''; false",
        "a network of a carrier;                   6.6.6.6;           for=100.64.9.9; ''; false",
        "who hides;                                6.6.6.6;           'for=\"_gate\";by=6.6.6.6, for=unknown'; ''; false",
        "a proxy names the one before it;          '6.6.6.6, 7.7.7.7'; ''; 7.7.7.7; false",
        "a proxy of the site's own;                6.6.6.6;           for=7.7.7.9; 10.0.0.9; false",
        "a made-up chain that nothing contradicts; '5.5.5.5, 6.6.6.6'; ''; ''; false",
        "another one really;                       6.6.6.6;           ''; 5.5.5.5; true",
        "another one forwarded;                    6.6.6.6;           for=5.5.5.5; ''; true",
        "three that differ;                        '4.4.4.4, 6.6.6.6'; for=5.5.5.5; 3.3.3.3; true",
        "among some that agree;                    6.6.6.6;           'for=6.6.6.6, For=5.5.5.5'; 6.6.6.6; true",
        "nonsense;                                 '<x>, localhost';  for=; ::::::; false",
      })
  void contradict_each_other(
      String sentence, String forwardedFor, String forwarded, String realIp, boolean expected) {
    assertEquals(expected, contradict(forwardedFor, forwarded, realIp));
  }

  @Test
  void a_thousand_made_up_hops_cost_nothing() {
    assertFalse(
        contradict(
            "6.6.6.6, ".repeat(1_000), "for=6.6.6.6, ".repeat(1_000), "6.6.6.6, ".repeat(500)));
  }

  private boolean contradict(String forwardedFor, String forwarded, String realIp) {
    byte[] peer = Cidr.addressOf("10.0.0.1").orElseThrow();
    return SenderClaims.contradict(peer, forwardedFor, forwarded, realIp, addresses::isProxy);
  }
}
