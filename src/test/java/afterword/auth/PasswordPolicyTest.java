package afterword.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "short, too-short",
    "elevenchars, too-short",
    "aaaaaaaaaaaaaaaa, too-simple",
    "abababababababab, too-simple",
    "123456789012, too-simple",
    "abcdefghijklmnop, too-simple",
    "moderatormoderator1, too-simple"
  })
  void refuses_what_is_guessed_first(String password, String code) {
    var wrong = PasswordPolicy.check("/password", password, "Moderator@example.org").orElseThrow();

    assertEquals(code, wrong.code());
    assertEquals("/password", wrong.pointer());
  }

  @Test
  void refuses_a_password_that_would_only_cost_time() {
    String endless = "long enough! ".repeat(20);

    assertEquals(
        "too-long",
        PasswordPolicy.check("/password", endless, "a@example.org").orElseThrow().code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery",
        "twelve chars",
        "длинный пароль",
        "🙂🙃😀😃😄😁😆😅🤣😂🥲😊"
      })
  void takes_any_long_phrase(String password) {
    assertEquals(
        Optional.empty(), PasswordPolicy.check("/password", password, "moderator@example.org"));
  }

  @Test
  void generates_passwords_that_it_accepts() {
    var random = new SecureRandom();

    String password = PasswordPolicy.generate(random);

    assertTrue(password.matches("([a-z2-9]{5}-){3}[a-z2-9]{5}"), password);
    assertEquals(
        Optional.empty(), PasswordPolicy.check("/password", password, "moderator@example.org"));
    assertNotEquals(password, PasswordPolicy.generate(random));
  }
}
