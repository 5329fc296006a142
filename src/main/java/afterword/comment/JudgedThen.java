package afterword.comment;

import afterword.model.Mode;
import afterword.model.PagePolicy;
import afterword.model.Submission;
import afterword.rules.Facts;
import afterword.rules.Reason;
import afterword.rules.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A verdict and the facts that it rested on and that change afterwards, so that the comment can be
 * judged again as it was then. Kept among the comment's notes; what is 0 or absent is left out.
 *
 * <pre>
 * {"at": "2026-03-01T10:00:00Z", "verdict": "hold", "reasons": ["first-comment"], "approved": 2,
 *  "turnedDown": 1, "elsewhere": 0, "near": 0, "again": 0, "likeSpam": 0, "copied": 0, "untimed": true,
 *  "contradictory": true, "closed": true, "mode": "all", "closeAfterDays": 30,
 *  "articleAt": "2026-02-01T00:00:00Z"}
 * </pre>
 *
 * @param verdict see {@link #word}
 * @param page what was set for the page itself
 */
record JudgedThen(
    Instant at,
    String verdict,
    Set<String> reasons,
    int approved,
    int turnedDown,
    Facts.Repeats repeats,
    Facts.Manner manner,
    PagePolicy.Own page,
    Optional<Instant> articleAt) {

  static JsonObject of(KnownFacts known, Submission submission, Verdict verdict, Instant now) {
    List<String> codes = verdict.reasons().stream().map(Reason::code).toList();
    var json =
        new JsonObject()
            .put("at", now.toString())
            .put("verdict", word(verdict))
            .put("reasons", new JsonArray(codes));
    put(json, "approved", known.author().approved());
    put(json, "turnedDown", known.author().turnedDown());
    put(json, "elsewhere", known.repeats().sameElsewhere());
    put(json, "near", known.repeats().near());
    put(json, "again", known.repeats().again());
    put(json, "likeSpam", known.repeats().likeSpam());
    put(json, "copied", known.repeats().copied());
    if (known.manner().untimed()) json.put("untimed", true);
    if (known.manner().contradictory()) json.put("contradictory", true);
    PagePolicy.Own page = known.page();
    if (page.closed()) json.put("closed", true);
    page.mode().ifPresent(mode -> json.put("mode", mode.word()));
    page.closeAfterDays().ifPresent(days -> json.put("closeAfterDays", days));
    Judgement.articleAt(known, submission).ifPresent(at -> json.put("articleAt", at.toString()));
    return json;
  }

  private static void put(JsonObject json, String name, int number) {
    if (number != 0) json.put(name, number);
  }

  static JudgedThen read(JsonObject json) {
    return new JudgedThen(
        Instant.parse(json.getString("at")),
        json.getString("verdict"),
        json.getJsonArray("reasons").stream()
            .map(String.class::cast)
            .collect(Collectors.toUnmodifiableSet()),
        json.getInteger("approved", 0),
        json.getInteger("turnedDown", 0),
        new Facts.Repeats(
            false,
            json.getInteger("elsewhere", 0),
            json.getInteger("near", 0),
            json.getInteger("again", 0),
            json.getInteger("likeSpam", 0),
            json.getInteger("copied", 0)),
        new Facts.Manner(
            json.getBoolean("untimed", false), json.getBoolean("contradictory", false)),
        new PagePolicy.Own(
            json.getBoolean("closed", false),
            Optional.ofNullable(json.getString("mode")).map(Mode::of),
            Optional.ofNullable(json.getInteger("closeAfterDays"))),
        Optional.ofNullable(json.getString("articleAt")).map(Instant::parse));
  }

  boolean published() {
    return verdict.equals("publish");
  }

  /** "publish", "hold", "refuse" or "swallow": stored as if held, and not told. */
  static String word(Verdict verdict) {
    if (verdict instanceof Verdict.Publish) return "publish";
    if (verdict instanceof Verdict.Refuse) return "refuse";
    return verdict instanceof Verdict.Swallow ? "swallow" : "hold";
  }
}
