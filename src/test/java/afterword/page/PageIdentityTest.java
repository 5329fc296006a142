package afterword.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageIdentityTest {
  @Test
  void gives_every_spelling_the_key_that_the_widget_gives() throws IOException {
    var wrong = new ArrayList<String>();
    JsonArray table = table();
    for (int i = 0; i < table.size(); i++) {
      JsonObject row = table.getJsonObject(i);
      String canonical = row.getString("canonical");
      boolean relative =
          canonical != null && !canonical.matches("(?i)[a-z]+:.*") && !canonical.isEmpty();
      if (relative) continue; // resolved by the browser
      boolean usable = canonical != null && WebAddress.parse(canonical).isPresent();
      String key = PageIdentity.keyOf(usable ? canonical : row.getString("address").strip());
      if (!key.equals(row.getString("key"))) wrong.add(row.encode() + " gave " + key);
    }

    assertEquals(List.of(), wrong);
  }

  @Test
  void keeps_an_explicit_key_byte_for_byte() {
    assertEquals("Äpfel/?utm_source=x#y ", PageIdentity.keyOf("Äpfel/?utm_source=x#y "));
  }

  private static JsonArray table() throws IOException {
    try (var file = PageIdentityTest.class.getResourceAsStream("/page-identity.json")) {
      return new JsonArray(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
