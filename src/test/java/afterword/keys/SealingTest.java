package afterword.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealingTest {
  private static final byte[] OPEN = "open".getBytes(StandardCharsets.UTF_8);

  private final Sealing sealing = of("one secret of the installation");

  @Test
  void opens_under_the_same_name_and_secret_alone() {
    byte[] sealed = sealing.seal("a", OPEN);

    assertArrayEquals(OPEN, sealing.open("a", sealed).orElseThrow());
    assertTrue(sealing.open("b", sealed).isEmpty());
    assertTrue(of("another secret of the installation").open("a", sealed).isEmpty());
  }

  @Test
  void opens_nothing_that_was_altered_anywhere() {
    byte[] sealed = sealing.seal("a", OPEN);

    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertFalse(sealing.open("a", altered).isPresent(), "byte " + i);
      assertFalse(sealing.open("a", Arrays.copyOf(sealed, i)).isPresent(), "cut at " + i);
    }
  }

  @Test
  void seals_the_same_differently_each_time() {
    assertNotEquals(
        Arrays.toString(sealing.seal("a", OPEN)), Arrays.toString(sealing.seal("a", OPEN)));
  }

  @Test
  void opens_what_was_sealed_under_a_former_secret_that_is_kept() {
    byte[] sealed = of("a former secret").seal("a", OPEN);
    Sealing both = of("the newest secret\na former secret");

    assertArrayEquals(OPEN, both.open("a", sealed).orElseThrow());
    assertTrue(both.isFormer("a", sealed));
    assertFalse(both.isFormer("a", both.seal("a", OPEN)));
    assertTrue(of("the newest secret").open("a", both.seal("a", OPEN)).isPresent());
  }

  private static Sealing of(String secret) {
    return new Sealing(new Keys(secret), new SecureRandom());
  }
}
