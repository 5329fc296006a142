package afterword.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldsTest {
  @Test
  void reads_what_is_there() {
    var fields =
        of(
            "{\"a\":\"x\",\"n\":3,\"f\":true,\"o\":{\"b\":\"y\"},\"l\":[{\"c\":1}],\"t\":[\"z\"],\"none\":null}");

    assertEquals(Optional.of("x"), fields.text("a", 5));
    assertEquals(Optional.of(3L), fields.integer("n", 0, 3));
    assertEquals(Optional.of(true), fields.flag("f"));
    assertEquals("y", fields.object("o").requiredText("b", 5));
    assertEquals(Optional.of(1L), fields.objects("l", 2).get(0).integer("c", 0, 1));
    assertEquals(List.of("z"), fields.texts("t", 1, 1));
    assertEquals(Optional.empty(), fields.text("none", 5));
    fields.finish();
  }

  @Test
  void names_every_wrong_field_at_once() {
    var fields =
        of(
            "{\"a\":\"xxx\",\"n\":9,\"f\":\"yes\",\"o\":{\"b\":\" \",\"status\":\"published\"},\"id\":1,\"t\":[1]}");

    fields.text("a", 2);
    fields.integer("n", 0, 3);
    fields.flag("f");
    fields.object("o").requiredText("b", 5);
    fields.object("missing").requiredText("c", 5);
    fields.texts("t", 3, 3);

    assertEquals(
        List.of(
            "/a too-long",
            "/n out-of-range",
            "/f wrong-type",
            "/o/b required",
            "/missing/c required",
            "/t/0 wrong-type",
            "/id unknown",
            "/o/status unknown"),
        errorsOf(fields).stream().map(e -> e.pointer() + " " + e.code()).toList());
  }

  @Test
  void counts_code_points_not_chars() {
    var fields = of("{\"a\":\"😀😀\"}");
    assertTrue(fields.text("a", 2).isPresent());
    assertTrue(fields.text("a", 1).isEmpty());
  }

  @Test
  void a_wrong_required_field_is_named_once() {
    var fields = of("{\"a\":5}");
    assertEquals("", fields.requiredText("a", 5));
    assertEquals(1, errorsOf(fields).size());
  }

  private static Fields of(String json) {
    return new Fields(StrictJson.object(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<FieldError> errorsOf(Fields fields) {
    var thrown = assertThrows(FailureException.class, fields::finish);
    return ((Failure.Invalid) thrown.failure()).errors();
  }
}
