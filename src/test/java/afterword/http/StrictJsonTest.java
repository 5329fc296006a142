package afterword.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import afterword.model.Failure;
import afterword.model.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
  @Test
  void reads_text_numbers_lists_and_objects() {
    var read =
        read(
            "{\"a\":\"\\ud83d\\ude00\",\"b\":[1,2.5,1e2,true,null],\"c\":{\"d\":-9007199254740991}}");

    assertEquals("😀", read.get("a"));
    assertEquals(Arrays.asList(1L, 2.5, 100L, true, null), read.get("b"));
    assertEquals(Map.of("d", -9007199254740991L), read.get("c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]||not-an-object",
        "||not-an-object",
        "{\"a\":1} x||not-json",
        "{\"a\":1}{}||trailing-text",
        "{\"a\":1,}||not-json",
        "{'a':1}||not-json",
        "{\"a\":NaN}||not-json",
        "{\"a\":01}||not-json",
        "{\"a\":1,\"a\":2}|/a|duplicate",
        "{\"a\":{\"b\":1,\"\\u0062\":2}}|/a/b|duplicate",
        "{\"a\":[\"x\",\"b\\u0000\"]}|/a/1|nul",
        "{\"x\\u0000\":1}||nul",
        "{\"a/b~c\":\"\\ud800\"}|/a~1b~0c|lone-surrogate",
        "{\"a\":\"\\udc00\\ud800\"}|/a|lone-surrogate",
        "{\"a\":1e999999999}|/a|out-of-range",
        "{\"a\":9007199254740992}|/a|out-of-range",
        "{\"a\":-9007199254740993}|/a|out-of-range",
      })
  void refuses_and_names_the_place(String json, String pointer, String code) {
    assertRefused(json == null ? "" : json, pointer == null ? "" : pointer, code);
  }

  @Test
  void reads_sixteen_levels_and_refuses_the_seventeenth() {
    read("{\"a\":".repeat(15) + "{}" + "}".repeat(15));
    assertRefused("{\"a\":".repeat(16) + "{}" + "}".repeat(16), "/a".repeat(16), "too-deep");
    assertRefused("{\"a\":" + "[".repeat(60_000), "/a" + "/0".repeat(15), "too-deep");
  }

  @Test
  void refuses_what_is_not_utf_8() {
    assertCode(
        "not-utf-8",
        new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'});
    assertCode("not-json", "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
  }

  @Test
  void a_number_of_a_hundred_thousand_digits_is_refused_at_once() {
    assertRefused("{\"a\":1" + "0".repeat(100_000) + "}", "", "not-json");
  }

  private static Map<String, Object> read(String json) {
    return StrictJson.object(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String json, String pointer, String code) {
    var error = errorsOf(json.getBytes(StandardCharsets.UTF_8)).get(0);
    assertEquals(pointer, error.pointer());
    assertEquals(code, error.code());
  }

  private static void assertCode(String code, byte[] bytes) {
    assertEquals(code, errorsOf(bytes).get(0).code());
  }

  private static List<afterword.model.FieldError> errorsOf(byte[] bytes) {
    var thrown = assertThrows(FailureException.class, () -> StrictJson.object(bytes));
    return ((Failure.Unreadable) thrown.failure()).errors();
  }
}
