package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  @Test
  void keeps_newlines_and_tabs_of_a_body_and_makes_every_line_end_one_newline() {
    assertEquals("a\nb\nc\td\n\ne", PlainText.body("a\r\nb\rc\td\r\n\r\ne"));
  }

  @Test
  void makes_one_line_of_a_name_and_of_a_title() {
    assertEquals("Ada Lovelace", PlainText.name("  Ada\u00a0\n\t Lovelace\u3000"));
    assertEquals("Talks in March", PlainText.title("Talks\r\nin  March "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", // Persian, zero-width non-joiner inside
        "\u0936\u094d\u200d\u0930\u0940", // Devanagari, joiner after the virama
        "\u845b\udb40\udd00\u57ce", // Japanese, with the variant of a character
        "Zo\u00eb \u2764\ufe0f", // a red heart
        "\ud83d\udc69\u200d\ud83d\ude80", // astronaut
        "\ud83d\udc69\ud83c\udffd\u200d\ud83d\ude80", // the same with a skin tone
        "Nguy\u1ec5n",
        "O'Connor-\u0141ukasz",
        "\u05d3\u05d5\u05d3"
      })
  void leaves_honest_names_alone(String name) {
    assertEquals(name, PlainText.name(name));
  }

  @Test
  void drops_what_hides_in_a_name() {
    assertEquals("admin", PlainText.name("\u200fa\u200bd\u00adm\u2060i\ufeffn\udb40\udc41\u200d"));
    assertEquals("admin", PlainText.name("\u202eadmin\u202c"));
  }

  @Test
  void counts_marks_across_characters_that_take_no_room() {
    String marks = "\u0335".repeat(6);

    assertEquals(
        "o" + marks + "\u200b\u0335\u0335", PlainText.body("o" + marks + "\u200b" + marks));
  }

  @Test
  void treats_everything_that_unicode_calls_ignorable_as_blank() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
        assertTrue(PlainText.isBlank(Character.toString(c)), "U+" + Integer.toHexString(c));
      }
    }
    assertTrue(PlainText.isBlank(""));
    assertTrue(PlainText.isBlank(" \t\n\u3000\u2003\u2800"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", ".", "0", "\u4e2d", "\ud83d\ude00", "\u06dd", "\u200b.\u200b", "\u2014"})
  void anything_to_see_is_not_blank(String text) {
    assertFalse(PlainText.isBlank(text));
  }

  @Test
  void the_same_to_a_reader_is_the_same_fingerprint() {
    String fingerprint = PlainText.fingerprintText("Buy cheap stra\u00dfe NOW");

    assertEquals("buy cheap strasse now", fingerprint);
    assertEquals(
        fingerprint, PlainText.fingerprintText(" buy\u200b  \uff23heap\nSTRASSE n\u00ado\u2060w "));
    assertNotEquals(fingerprint, PlainText.fingerprintText("Buy cheap street now"));
  }

  @ParameterizedTest
  @CsvSource({
    "Alice, Alicia",
    "Adrian, Admin",
    "Bob, Rob",
    "Moderator, Modern",
    "Ann, Anna",
    "\u0418\u0432\u0430\u043d, Ivan"
  })
  void other_names_have_other_skeletons(String staff, String name) {
    assertNotEquals(PlainText.nameSkeleton(staff), PlainText.nameSkeleton(name));
  }

  @Test
  void brackets_alone_are_a_name_and_signs_are_none() {
    assertEquals(PlainText.nameSkeleton("mod"), PlainText.nameSkeleton("[MOD]"));
    assertEquals("", PlainText.nameSkeleton("\u2705 !"));
  }

  @Test
  void says_what_no_cleaning_repairs() {
    assertTrue(PlainText.isWellFormed("a\n\u202e\u0001\ud83d\ude00"));
    for (String text :
        new String[] {"\u0000", "\ud800", "a\udc00", "\ufffe", "\ufdd0", "\udbff\udfff"}) {
      assertFalse(PlainText.isWellFormed(text));
    }
  }
}
