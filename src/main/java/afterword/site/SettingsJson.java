package afterword.site;

import afterword.model.Check;
import afterword.model.Checks;
import afterword.model.Mode;
import afterword.model.Outside;
import afterword.model.PathPolicy;
import afterword.model.ProofOfWork;
import afterword.model.Retention;
import afterword.model.SiteSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Settings as JSON: what is absent is the default, so that a new setting needs no migration. */
public final class SettingsJson {
  private SettingsJson() {}

  public static JsonObject write(SiteSettings s) {
    Checks c = s.checks();
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
        .put("pagePerMinute", s.pagePerMinute())
        .put("closeAfterDays", c.closeAfterDays())
        .put("holdAfterDays", c.holdAfterDays())
        .put("minSeconds", c.minSeconds())
        .put("sameElsewhere", c.sameElsewhere())
        .put("nearDuplicates", c.nearDuplicates())
        .put("recallNearDuplicates", c.recallNearDuplicates())
        .put("suspectWords", new JsonArray(c.suspectWords()))
        .put("blockedDomains", new JsonArray(c.blockedDomains()))
        .put("allowedDomains", new JsonArray(c.allowedDomains()))
        .put("holdFirst", c.holdFirst())
        .put("rejectedPercent", c.rejectedPercent())
        .put("flagsToHold", c.flagsToHold())
        .put("scoreToHold", c.scoreToHold())
        .put("doubtToHold", c.doubtToHold())
        .put("refuseStaffNames", c.refuseStaffNames())
        .put("spamPerHour", c.spamPerHour())
        .put("perDay", c.perDay())
        .put("sitePerMinute", c.sitePerMinute())
        .put("proofOfWork", c.proofOfWork().word())
        .put("shadow", words(c.shadow()))
        .put("nudge", words(c.nudge()))
        .put("paths", new JsonArray(c.paths().stream().map(SettingsJson::write).toList()))
        .put("outside", write(c.outside()))
        .put("rejectTemplates", new JsonArray(s.rejectTemplates()))
        .put("forgetSendersAfterDays", s.retention().sendersDays())
        .put("eraseRejectedAfterDays", s.retention().rejectedDays())
        .put("eraseDeletedAfterDays", s.retention().deletedDays());
  }

  private static JsonArray words(Collection<Check> checks) {
    return new JsonArray(checks.stream().map(Check::word).toList());
  }

  private static JsonObject write(PathPolicy path) {
    return new JsonObject()
        .put("prefix", path.prefix())
        .put("mode", path.mode().map(Mode::word).orElse(null))
        .put("closed", path.closed().orElse(null))
        .put("closeAfterDays", path.closeAfterDays().orElse(null));
  }

  private static JsonObject write(Outside outside) {
    return new JsonObject()
        .put("akismetKey", outside.akismetKey().orElse(null))
        .put("hookUrl", outside.hookUrl().orElse(null))
        .put("hookSecret", outside.hookSecret().orElse(null))
        .put("deadlineMillis", outside.deadlineMillis());
  }

  public static SiteSettings read(JsonObject json) {
    SiteSettings d = SiteSettings.DEFAULTS;
    return new SiteSettings(
        Mode.of(json.getString("mode", d.mode().word())),
        json.getInteger("trustedAfter", d.trustedAfter()),
        json.getInteger("maxLinks", d.maxLinks()),
        texts(json, "blockedWords"),
        json.getBoolean("requireName", d.requireName()),
        json.getInteger("maxLength", d.maxLength()),
        json.getInteger("maxDepth", d.maxDepth()),
        json.getInteger("editWindowSeconds", d.editWindowSeconds()),
        json.getInteger("writeBurst", d.writeBurst()),
        json.getInteger("writeEverySeconds", d.writeEverySeconds()),
        json.getInteger("pagePerMinute", d.pagePerMinute()),
        checks(json, d.checks()),
        texts(json, "rejectTemplates"),
        retention(json, d.retention()));
  }

  private static Retention retention(JsonObject json, Retention d) {
    return new Retention(
        json.getInteger("forgetSendersAfterDays", d.sendersDays()),
        json.getInteger("eraseRejectedAfterDays", d.rejectedDays()),
        json.getInteger("eraseDeletedAfterDays", d.deletedDays()));
  }

  private static Checks checks(JsonObject json, Checks d) {
    return new Checks(
        json.getInteger("closeAfterDays", d.closeAfterDays()),
        json.getInteger("holdAfterDays", d.holdAfterDays()),
        json.getInteger("minSeconds", d.minSeconds()),
        json.getInteger("sameElsewhere", d.sameElsewhere()),
        json.getInteger("nearDuplicates", d.nearDuplicates()),
        json.getBoolean("recallNearDuplicates", d.recallNearDuplicates()),
        texts(json, "suspectWords"),
        texts(json, "blockedDomains"),
        texts(json, "allowedDomains"),
        json.getInteger("holdFirst", d.holdFirst()),
        json.getInteger("rejectedPercent", d.rejectedPercent()),
        json.getInteger("flagsToHold", d.flagsToHold()),
        json.getInteger("scoreToHold", d.scoreToHold()),
        json.getInteger("doubtToHold", d.doubtToHold()),
        json.getBoolean("refuseStaffNames", d.refuseStaffNames()),
        json.getInteger("spamPerHour", d.spamPerHour()),
        json.getInteger("perDay", d.perDay()),
        json.getInteger("sitePerMinute", d.sitePerMinute()),
        ProofOfWork.of(json.getString("proofOfWork", "")).orElse(d.proofOfWork()),
        set(texts(json, "shadow")),
        set(texts(json, "nudge")),
        paths(json.getJsonArray("paths", new JsonArray())),
        outside(json.getJsonObject("outside", new JsonObject())));
  }

  private static List<String> texts(JsonObject json, String name) {
    return json.getJsonArray(name, new JsonArray()).stream().map(String::valueOf).toList();
  }

  /** A check that this version does not know any more is none. */
  private static Set<Check> set(List<String> words) {
    return words.stream().flatMap(word -> Check.of(word).stream()).collect(Collectors.toSet());
  }

  private static List<PathPolicy> paths(JsonArray paths) {
    return paths.stream()
        .map(JsonObject.class::cast)
        .map(
            path ->
                new PathPolicy(
                    path.getString("prefix"),
                    Optional.ofNullable(path.getString("mode")).map(Mode::of),
                    Optional.ofNullable(path.getBoolean("closed")),
                    Optional.ofNullable(path.getInteger("closeAfterDays"))))
        .toList();
  }

  private static Outside outside(JsonObject json) {
    return new Outside(
        Optional.ofNullable(json.getString("akismetKey")),
        Optional.ofNullable(json.getString("hookUrl")),
        Optional.ofNullable(json.getString("hookSecret")),
        json.getInteger("deadlineMillis", Outside.NOBODY.deadlineMillis()));
  }
}
