package afterword.comment;

import afterword.comment.ReplayStore.Told;
import afterword.model.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What would have been otherwise: counted, and some of it shown. */
final class ReplayReport {
  private static final int EXAMPLES_OF_A_KIND = 10;
  private static final int EXCERPT = 200;

  /**
   * Comments with one verdict then and another by the settings that are tried.
   *
   * @param turnedDown how many of them moderators have turned down
   */
  private static final class Change {
    int count;
    int published;
    int turnedDown;
    final List<JsonObject> examples = new ArrayList<>();
  }

  private final Map<String, Change> kindsToChange = new TreeMap<>();
  private final Map<String, int[]> reasonToCounts = new TreeMap<>();
  private int judged;
  private int same;
  private int otherReasons;
  private int unknown;
  private int unasked;

  /** It was not judged by rules, or before what is needed was kept. */
  void unknown() {
    unknown++;
  }

  /** Somebody outside would have been asked who was not. */
  void unasked() {
    unasked++;
  }

  void compared(Told told, JudgedThen then, String verdict, Set<String> reasons) {
    judged++;
    if (verdict.equals(then.verdict()) && reasons.equals(then.reasons())) {
      same++;
      return;
    }
    count(reasons, then.reasons(), 0);
    count(then.reasons(), reasons, 1);
    if (verdict.equals(then.verdict())) {
      otherReasons++;
      return;
    }
    Change change =
        kindsToChange.computeIfAbsent(then.verdict() + " " + verdict, kind -> new Change());
    change.count++;
    if (told.firstDecidedAt() != null) {
      if (told.status() == Status.PUBLISHED) change.published++;
      else if (told.status() != Status.PENDING) change.turnedDown++;
    }
    if (change.examples.size() < EXAMPLES_OF_A_KIND)
      change.examples.add(example(told, then, verdict, reasons));
  }

  private void count(Set<String> here, Set<String> there, int place) {
    for (String reason : here)
      if (!there.contains(reason))
        reasonToCounts.computeIfAbsent(reason, code -> new int[2])[place]++;
  }

  private static JsonObject example(
      Told told, JudgedThen then, String verdict, Set<String> reasons) {
    return new JsonObject()
        .put("id", told.id().toString())
        .put("page", told.pageKey())
        .put("name", told.name())
        .put("excerpt", excerpt(told.source()))
        .put("createdAt", then.at().toString())
        .put("status", told.status().word())
        .put("from", verdict(then.verdict(), then.reasons()))
        .put("to", verdict(verdict, reasons));
  }

  private static JsonObject verdict(String word, Set<String> reasons) {
    return new JsonObject()
        .put("verdict", word)
        .put("reasons", new JsonArray(List.copyOf(new TreeSet<>(reasons))));
  }

  private static String excerpt(String source) {
    int length = Math.min(EXCERPT, source.codePointCount(0, source.length()));
    return source.substring(0, source.offsetByCodePoints(0, length));
  }

  JsonObject json() {
    var changes = new JsonArray();
    var examples = new JsonArray();
    kindsToChange.forEach(
        (kinds, change) -> {
          String[] fromTo = kinds.split(" ");
          changes.add(
              new JsonObject()
                  .put("from", fromTo[0])
                  .put("to", fromTo[1])
                  .put("count", change.count)
                  .put("published", change.published)
                  .put("turnedDown", change.turnedDown));
          change.examples.forEach(examples::add);
        });
    var reasons = new JsonArray();
    reasonToCounts.forEach(
        (reason, counts) ->
            reasons.add(
                new JsonObject()
                    .put("reason", reason)
                    .put("gained", counts[0])
                    .put("lost", counts[1])));
    return new JsonObject()
        .put("judged", judged)
        .put("same", same)
        .put("otherReasons", otherReasons)
        .put("unknown", unknown)
        .put("unasked", unasked)
        .put("changes", changes)
        .put("reasons", reasons)
        .put("examples", examples);
  }
}
