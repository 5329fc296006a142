package afterword.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2Test {
  private static final byte[] SALT = "somesaltsomesalt".getBytes(UTF_8);

  @Test
  void writes_the_phc_format_with_the_agreed_cost() {
    assertTrue(
        Argon2.hash("correct horse", SALT)
            .matches(
                "\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$c29tZXNhbHRzb21lc2FsdA\\$[A-Za-z0-9+/]{43}"));
  }

  @Test
  void writes_the_same_where_the_operator_has_other_digits() {
    String expected = Argon2.hash("correct horse", SALT);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertEquals("\u0667", "%d".formatted(7));

      assertEquals(expected, Argon2.hash("correct horse", SALT));
    } finally {
      Locale.setDefault(before);
    }
  }

  /**
   * Made by the reference implementation: {@code echo -n password | argon2 somesalt -id -t 2 -m 16
   * -p 1}.
   */
  @Test
  void agrees_with_the_reference_implementation() {
    String stored =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    assertTrue(Argon2.matches("password", stored));
    assertFalse(Argon2.matches("Password", stored));
  }

  @Test
  void takes_a_letter_composed_either_way() {
    assertTrue(Argon2.matches("cafe\u0301 au lait", Argon2.hash("caf\u00e9 au lait", SALT)));
  }

  @Test
  void hashes_the_same_password_differently_with_another_salt() {
    assertFalse(
        Argon2.hash("correct horse", SALT)
            .equals(Argon2.hash("correct horse", "othersaltothersa".getBytes(UTF_8))));
    assertEquals(Argon2.hash("correct horse", SALT), Argon2.hash("correct horse", SALT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=1,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
      })
  void refuses_a_stored_text_that_is_not_a_hash_within_bounds(String stored) {
    assertFalse(Argon2.matches("password", stored));
  }
}
