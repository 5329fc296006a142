package afterword.site;

import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Settings as JSON: what is absent is the default, so that a new setting needs no migration. */
public final class SettingsJson {
  private SettingsJson() {}

  public static JsonObject write(SiteSettings s) {
    return new JsonObject()
        .put("mode", s.mode().word())
        .put("trustedAfter", s.trustedAfter())
        .put("maxLinks", s.maxLinks())
        .put("blockedWords", new JsonArray(s.blockedWords()))
        .put("requireName", s.requireName())
        .put("maxLength", s.maxLength())
        .put("maxDepth", s.maxDepth())
        .put("editWindowSeconds", s.editWindowSeconds())
        .put("writeBurst", s.writeBurst())
        .put("writeEverySeconds", s.writeEverySeconds())
        .put("pagePerMinute", s.pagePerMinute());
  }

  public static SiteSettings read(JsonObject json) {
    SiteSettings d = SiteSettings.DEFAULTS;
    List<String> words =
        json.getJsonArray("blockedWords", new JsonArray()).stream().map(String::valueOf).toList();
    return new SiteSettings(
        Mode.of(json.getString("mode", d.mode().word())),
        json.getInteger("trustedAfter", d.trustedAfter()),
        json.getInteger("maxLinks", d.maxLinks()),
        words,
        json.getBoolean("requireName", d.requireName()),
        json.getInteger("maxLength", d.maxLength()),
        json.getInteger("maxDepth", d.maxDepth()),
        json.getInteger("editWindowSeconds", d.editWindowSeconds()),
        json.getInteger("writeBurst", d.writeBurst()),
        json.getInteger("writeEverySeconds", d.writeEverySeconds()),
        json.getInteger("pagePerMinute", d.pagePerMinute()));
  }
}
