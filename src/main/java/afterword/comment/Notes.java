package afterword.comment;

import afterword.markup.PlainText;
import afterword.model.Opinion;
import afterword.model.Score;
import afterword.model.Submission;
import afterword.rules.Facts;
import afterword.rules.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What is kept beside a verdict's reasons: what each reason is about, the score and what speaks for
 * it, what those outside said, and the facts that cannot be found out again later. The member
 * {@code judged} is {@link JudgedThen}'s.
 *
 * <pre>
 * {"found": {"blocked-word": "casino"}, "score": 0.97, "because": ["casino"],
 *  "opinions": [{"source": "hook", "says": "absent", "reasons": ["late"]}], "elapsedMs": 4000}
 * </pre>
 */
final class Notes {
  private static final int LONGEST = 200;

  private Notes() {}

  static JsonObject of(Submission submission, Facts facts, Verdict verdict) {
    var notes = new JsonObject();
    if (verdict instanceof Verdict.Hold hold && !hold.found().isEmpty()) {
      var found = new JsonObject();
      hold.found().forEach((reason, what) -> found.put(reason.code(), cut(what)));
      notes.put("found", found);
    }
    facts.score().ifPresent(score -> put(notes, score));
    if (!facts.opinions().isEmpty()) notes.put("opinions", opinions(facts));
    if (submission.elapsedMs() > 0) notes.put("elapsedMs", submission.elapsedMs());
    if (!submission.trap().isEmpty()) notes.put("trap", true);
    if (facts.author().flags() > 0) notes.put("flags", facts.author().flags());
    if (facts.author().staffName()) notes.put("staffName", true);
    if (facts.author().ban() != Facts.Ban.NONE) notes.put("ban", facts.author().ban().name());
    return notes;
  }

  private static void put(JsonObject notes, Score score) {
    var because = new JsonArray();
    score.because().stream().limit(10).map(Notes::cut).forEach(because::add);
    notes.put("score", score.spam()).put("because", because).put("model", score.version());
  }

  private static JsonArray opinions(Facts facts) {
    var opinions = new JsonArray();
    for (Opinion opinion : facts.opinions()) {
      var reasons = new JsonArray();
      opinion.reasons().stream().limit(10).map(Notes::cut).forEach(reasons::add);
      opinions.add(
          new JsonObject()
              .put("source", opinion.source())
              .put("says", opinion.says().word())
              .put("reasons", reasons));
    }
    return opinions;
  }

  /** On one line, without what no column takes. */
  private static String cut(String text) {
    String clean = PlainText.title(text.substring(0, Math.min(text.length(), 4 * LONGEST)));
    return clean
        .codePoints()
        .limit(LONGEST)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
