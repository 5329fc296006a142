package afterword.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238, appendix B, the last six of the eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void makes_the_codes_of_the_standard(long seconds, String code) {
    assertEquals(code, Totp.code(SECRET, Instant.ofEpochSecond(seconds)));
  }

  @Test
  void spells_a_secret_so_that_apps_read_it() {
    byte[] secret = Totp.newSecret(new SecureRandom());

    assertArrayEquals(secret, Base32.decoded(Totp.spelled(secret)));
    assertEquals("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.spelled(SECRET));
  }

  @Test
  void names_installation_and_account_in_its_address() {
    assertEquals(
        "otpauth://totp/Afterword%20x:a%40b.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            + "&issuer=Afterword%20x",
        Totp.uri(SECRET, "Afterword x", "a@b.example"));
  }
}
