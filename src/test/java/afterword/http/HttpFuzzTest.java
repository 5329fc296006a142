package afterword.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.FailureException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What strangers send before anybody has looked at it; {@code bin/fuzz} looks for more. */
class HttpFuzzTest {
  private static final byte[] PROXY = {127, 0, 0, 1};
  private static final byte[] STRANGER = {8, 8, 8, 8};

  private final ClientAddress addresses = new ClientAddress(List.of("127.0.0.0/8", "10.0.0.0/8"));

  @FuzzTest(maxDuration = "1m")
  void json_is_read_as_it_is_written_or_refused(byte[] body) {
    Map<String, Object> read;
    try {
      read = StrictJson.object(body);
    } catch (FailureException refused) {
      return;
    }
    byte[] again = new JsonObject(read).encode().getBytes(StandardCharsets.UTF_8);
    assertEquals(read, StrictJson.object(again));
  }

  @FuzzTest(maxDuration = "1m")
  void only_a_proxy_speaks_for_others_and_never_for_one_of_its_own(byte[] header) {
    String forwarded = new String(header, StandardCharsets.ISO_8859_1);

    assertArrayEquals(STRANGER, addresses.of(STRANGER, forwarded));
    byte[] client = addresses.of(PROXY, forwarded);
    assertTrue(client.length == 4 || client.length == 16);
    // What the nearest proxy wrote, at the very end, is not for the client to forge.
    assertArrayEquals(STRANGER, addresses.of(PROXY, forwarded + ", 8.8.8.8, 10.1.2.3"));
  }
}
