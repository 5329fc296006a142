package afterword.site;

import afterword.http.Fields;
import afterword.model.Check;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.ProofOfWork;
import afterword.model.Retention;
import afterword.model.SiteSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads what an owner wants changed, field by field, into the settings as they are. What is not
 * named stays.
 */
public final class SettingsReader {
  private static final int MANY = 1_000_000;
  private static final int DAYS = 36_500;
  private static final int MOST_WORDS = 5_000;
  private static final int LONGEST_WORD = 100;
  private static final int MOST_PATHS = 200;

  /** One digit each. */
  private static final int MOST_TEMPLATES = 9;

  private record Range(int least, int most) {}

  private static final Map<String, Range> NUMBERS =
      Map.ofEntries(
          Map.entry("trustedAfter", new Range(0, 1_000)),
          Map.entry("maxLinks", new Range(0, 100)),
          Map.entry("maxLength", new Range(1, Limits.TEXT)),
          Map.entry("maxDepth", new Range(0, 20)),
          Map.entry("editWindowSeconds", new Range(0, 31 * 86_400)),
          Map.entry("writeBurst", new Range(1, MANY)),
          Map.entry("writeEverySeconds", new Range(1, 86_400)),
          Map.entry("pagePerMinute", new Range(1, MANY)),
          Map.entry("closeAfterDays", new Range(0, DAYS)),
          Map.entry("holdAfterDays", new Range(0, DAYS)),
          Map.entry("minSeconds", new Range(0, 3_600)),
          Map.entry("sameElsewhere", new Range(0, 1_000)),
          Map.entry("nearDuplicates", new Range(0, 1_000)),
          Map.entry("holdFirst", new Range(0, 1_000)),
          Map.entry("rejectedPercent", new Range(0, 100)),
          Map.entry("flagsToHold", new Range(0, 1_000)),
          Map.entry("scoreToHold", new Range(0, 1_000)),
          Map.entry("doubtToHold", new Range(0, 1_000)),
          Map.entry("spamPerHour", new Range(0, 1_000)),
          Map.entry("perDay", new Range(0, MANY)),
          Map.entry("sitePerMinute", new Range(0, MANY)),
          Map.entry("forgetSendersAfterDays", new Range(0, Retention.MOST_DAYS)),
          Map.entry("eraseRejectedAfterDays", new Range(0, Retention.MOST_DAYS)),
          Map.entry("eraseDeletedAfterDays", new Range(0, Retention.MOST_DAYS)));

  private static final List<String> FLAGS =
      List.of("requireName", "refuseStaffNames", "recallNearDuplicates");
  private static final List<String> WORDS = List.of("blockedWords", "suspectWords");
  private static final List<String> DOMAINS = List.of("blockedDomains", "allowedDomains");

  /** Settings as asked for, and the names of what differs. */
  public record Read(SiteSettings settings, List<String> changed) {}

  private final Fields fields;
  private final JsonObject json;

  private SettingsReader(Fields fields, SiteSettings now) {
    this.fields = fields;
    this.json = SettingsJson.write(now);
  }

  /** Fails with everything that is wrong at once. */
  public static Read read(Fields fields, SiteSettings now) {
    return new SettingsReader(fields, now).read(now);
  }

  private Read read(SiteSettings now) {
    mode("mode", fields).ifPresent(mode -> json.put("mode", mode));
    NUMBERS.forEach(
        (name, range) ->
            fields
                .integer(name, range.least, range.most)
                .ifPresent(number -> json.put(name, number.intValue())));
    FLAGS.forEach(name -> fields.flag(name).ifPresent(flag -> json.put(name, flag)));
    WORDS.forEach(name -> list(name).ifPresent(words -> json.put(name, words)));
    DOMAINS.forEach(name -> list(name).ifPresent(domains(name)));
    checks("shadow", false);
    checks("nudge", true);
    proofOfWork().ifPresent(word -> json.put("proofOfWork", word));
    if (fields.has("paths")) json.put("paths", paths());
    if (fields.has("outside")) outside();
    if (fields.has("rejectTemplates")) json.put("rejectTemplates", templates());
    fields.finish();
    JsonObject before = SettingsJson.write(now);
    var changed = new TreeSet<String>();
    for (String name : json.fieldNames())
      if (!json.getValue(name).equals(before.getValue(name))) changed.add(name);
    return new Read(SettingsJson.read(json), List.copyOf(changed));
  }

  private Optional<JsonArray> list(String name) {
    if (!fields.has(name)) return Optional.empty();
    var words = new JsonArray();
    fields.texts(name, MOST_WORDS, LONGEST_WORD).stream()
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .distinct()
        .forEach(words::add);
    return Optional.of(words);
  }

  private JsonArray templates() {
    var templates = new JsonArray();
    fields.texts("rejectTemplates", MOST_TEMPLATES, Limits.NAME).stream()
        .map(String::strip)
        .filter(template -> !template.isEmpty())
        .distinct()
        .forEach(templates::add);
    return templates;
  }

  private Consumer<JsonArray> domains(String name) {
    return domains -> {
      for (int i = 0; i < domains.size(); i++) {
        if (!domains.getString(i).matches("[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?"))
          fields.wrong(name + "/" + i, "malformed", "Write a domain such as shop.example.");
      }
      json.put(name, domains);
    };
  }

  private void checks(String name, boolean nudging) {
    if (!fields.has(name)) return;
    var words = new ArrayList<String>();
    List<String> given = fields.texts(name, Check.values().length, LONGEST_WORD);
    for (int i = 0; i < given.size(); i++) {
      Optional<Check> check = Check.of(given.get(i));
      if (check.isEmpty()) fields.wrong(name + "/" + i, "unknown", "There is no such check.");
      else if (nudging && !check.get().canNudge())
        fields.wrong(name + "/" + i, "cannot", "This check has nothing to show to a commenter.");
      else words.add(check.get().word());
    }
    json.put(name, new JsonArray(words));
  }

  private JsonArray paths() {
    var paths = new JsonArray();
    for (Fields path : fields.objects("paths", MOST_PATHS)) {
      String prefix = path.requiredText("prefix", Limits.PAGE_KEY);
      Optional<String> mode = mode("mode", path);
      Optional<Boolean> closed = path.flag("closed");
      Optional<Long> days = path.integer("closeAfterDays", 0, DAYS);
      paths.add(
          new JsonObject()
              .put("prefix", prefix)
              .put("mode", mode.orElse(null))
              .put("closed", closed.orElse(null))
              .put("closeAfterDays", days.map(Long::intValue).orElse(null)));
    }
    return paths;
  }

  private static Optional<String> mode(String name, Fields fields) {
    Optional<String> word = fields.text(name, 20);
    for (Mode mode : Mode.values()) if (word.filter(mode.word()::equals).isPresent()) return word;
    if (word.isPresent()) fields.wrong(name, "unknown", "A mode is open, trusted or all.");
    return Optional.empty();
  }

  private Optional<String> proofOfWork() {
    Optional<String> word = fields.text("proofOfWork", 20);
    if (word.isPresent() && ProofOfWork.of(word.get()).isEmpty())
      fields.wrong("proofOfWork", "unknown", "A proof of work is asked for off or when-risky.");
    return word;
  }

  /** Null takes a value away; what is not named stays. */
  private void outside() {
    JsonObject outside = json.getJsonObject("outside");
    Fields given = fields.object("outside");
    secret(given, outside, "akismetKey");
    secret(given, outside, "hookSecret");
    if (given.has("hookUrl")) {
      Optional<String> url = given.text("hookUrl", Limits.PAGE_URL);
      if (url.isPresent() && Origins.of(url.get()).isEmpty())
        given.wrong("hookUrl", "malformed", "Give an address such as https://judge.example/hook.");
      outside.put("hookUrl", url.orElse(null));
    }
    given
        .integer("deadlineMillis", 100, 5_000)
        .ifPresent(millis -> outside.put("deadlineMillis", millis.intValue()));
  }

  private static void secret(Fields given, JsonObject outside, String name) {
    if (given.has(name)) outside.put(name, given.text(name, Limits.TITLE).orElse(null));
  }

  /** Settings as owners see them: of a secret only whether there is one. */
  static JsonObject shown(SiteSettings settings) {
    JsonObject json = SettingsJson.write(settings);
    JsonObject outside = json.getJsonObject("outside");
    outside.put("akismetKeySet", outside.remove("akismetKey") != null);
    outside.put("hookSecretSet", outside.remove("hookSecret") != null);
    return json;
  }
}
