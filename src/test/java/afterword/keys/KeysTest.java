package afterword.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.keys.Keys.Purpose;
import org.junit.jupiter.api.Test;

class KeysTest {
  private final Keys keys = new Keys("a secret of this installation");

  @Test
  void the_same_parts_give_the_same_token() {
    assertEquals(
        keys.token(Purpose.CSRF, "a", "b"),
        new Keys("a secret of this installation").token(Purpose.CSRF, "a", "b"));
    assertEquals(43, keys.token(Purpose.CSRF, "a").length());
  }

  @Test
  void purposes_secrets_and_the_borders_of_parts_make_a_difference() {
    String token = keys.token(Purpose.CSRF, "ab", "c");

    assertNotEquals(token, keys.token(Purpose.SESSION, "ab", "c"));
    assertNotEquals(token, keys.token(Purpose.CSRF, "a", "bc"));
    assertNotEquals(token, keys.token(Purpose.CSRF, "abc"));
    assertNotEquals(token, new Keys("another secret").token(Purpose.CSRF, "ab", "c"));
  }

  @Test
  void compares() {
    assertTrue(Keys.same("abc", "abc"));
    assertFalse(Keys.same("abc", "abd"));
    assertFalse(Keys.same("abc", "abcd"));
  }

  @Test
  void the_id_of_the_address_key_is_positive_and_stays() {
    assertTrue(keys.addressKeyId() >= 0);
    assertEquals(keys.addressKeyId(), new Keys("a secret of this installation").addressKeyId());
  }

  @Test
  void signs_with_the_first_secret_and_accepts_every_one_that_is_kept() {
    String former = keys.token(Purpose.CSRF, "a");
    var rotated = new Keys("another secret\n\na secret of this installation\n");

    assertEquals(2, rotated.kept());
    assertEquals(
        new Keys("another secret").token(Purpose.CSRF, "a"), rotated.token(Purpose.CSRF, "a"));
    assertTrue(rotated.signed(former, Purpose.CSRF, "a"));
    assertFalse(rotated.signed(former, Purpose.CSRF, "b"));
    assertTrue(rotated.hashes(Purpose.CSRF, "a").contain(keys.hash(Purpose.CSRF, "a")));
    assertFalse(new Keys("another secret").signed(former, Purpose.CSRF, "a"));
  }

  @Test
  void uses_what_it_is_given_later() {
    var changing = new Keys("a secret of this installation");
    String former = changing.token(Purpose.CSRF, "a");

    changing.use("another secret");

    assertNotEquals(former, changing.token(Purpose.CSRF, "a"));
    assertFalse(changing.signed(former, Purpose.CSRF, "a"));
  }
}
