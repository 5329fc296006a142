package afterword.comment;

import afterword.comment.ReplayStore.Told;
import afterword.keys.Keys;
import afterword.markup.Markup;
import afterword.model.Opinion;
import afterword.model.Score;
import afterword.model.Site;
import afterword.model.Submission;
import afterword.model.Submission.PageReference;
import afterword.rules.Facts;
import afterword.rules.Reason;
import afterword.rules.Ruling;
import afterword.rules.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A site's comments judged once more, in their order, by other settings and by the facts of then.
 * Writes nothing and asks nobody. Used by one thread at a time.
 */
final class Replay {
  /** The reason of a verdict that no rule gives: there would have been nothing to answer. */
  static final String PARENT_GONE = "unknown-parent";

  private final Site site;
  private final Judgement judgement;
  private final Keys keys;
  private final Counterfactual otherwise = new Counterfactual();
  private final ReplayReport report = new ReplayReport();

  /**
   * @param site with the settings that are tried
   */
  Replay(Site site, Judgement judgement, Keys keys) {
    this.site = site;
    this.judgement = judgement;
    this.keys = keys;
  }

  ReplayReport report() {
    return report;
  }

  void judge(List<Told> comments) {
    comments.forEach(this::judge);
  }

  private void judge(Told told) {
    JsonObject judged = told.notes() == null ? null : told.notes().getJsonObject("judged");
    if (judged == null) {
      report.unknown();
      return;
    }
    JudgedThen then = JudgedThen.read(judged);
    String text = Base64.getEncoder().encodeToString(Prints.fingerprint(keys, site, told.source()));
    TextPrints prints = TextPrints.of(keys, site, told.source());
    if (!otherwise.answerable(told.parent(), then.at())) {
      otherwise.add(new Fared(told, then, text, prints.kept(), "refuse", Set.of(PARENT_GONE)));
      report.compared(told, then, "refuse", Set.of(PARENT_GONE));
      return;
    }
    boolean telling = Prints.telling(told.source());
    Verdict verdict = verdict(told, then, otherwise.repeats(told, then, text, telling, prints));
    String word = JudgedThen.word(verdict);
    otherwise.add(new Fared(told, then, text, prints.kept(), word, codes(verdict)));
    if (Recall.isDue(site, verdict)) otherwise.recall(told, prints.kept(), told.links(), then.at());
    report.compared(told, then, word, codes(verdict));
  }

  private Verdict verdict(Told told, JudgedThen then, Facts.Repeats repeats) {
    JsonObject notes = told.notes();
    var asked =
        new Judgement.Case(
            site,
            submission(told),
            known(told, then, repeats),
            Markup.render(told.source()),
            Optional.empty(),
            then.at());
    Ruling ruling = judgement.again(asked, score(notes), List.of());
    boolean asks =
        ruling.verdict() instanceof Verdict.Publish && site.settings().checks().outside().anybody();
    if (!asks) return ruling.verdict();
    List<Opinion> opinions = opinions(notes);
    if (opinions.isEmpty()) report.unasked();
    return judgement.again(asked, score(notes), opinions).verdict();
  }

  private static Set<String> codes(Verdict verdict) {
    return verdict.reasons().stream()
        .map(Reason::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Submission submission(Told told) {
    var page =
        new PageReference(told.pageKey(), Optional.empty(), Optional.empty(), Optional.empty());
    boolean trapped = told.notes().getBoolean("trap", false);
    return new Submission(
        page,
        Optional.empty(),
        told.name(),
        told.email(),
        told.url(),
        told.source(),
        Optional.empty(),
        trapped ? "filled" : "",
        told.notes().getLong("elapsedMs", 0L),
        Optional.empty());
  }

  /** A name that looked like the staff's then is one that looks like itself. */
  private KnownFacts known(Told told, JudgedThen then, Facts.Repeats repeats) {
    JsonObject notes = told.notes();
    var author =
        new Facts.Author(
            Facts.Ban.valueOf(notes.getString("ban", "NONE")),
            otherwise.approved(then, told.commenter()),
            otherwise.turnedDown(then, told.commenter()),
            notes.getInteger("flags", 0),
            false);
    boolean staffName = notes.getBoolean("staffName", false);
    return new KnownFacts(
        told.id().row(),
        told.pageId(),
        true,
        then.page(),
        then.articleAt(),
        0,
        told.commenter() != null,
        author,
        staffName ? List.of(told.name()) : List.of(),
        repeats,
        then.manner(),
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }

  private static Optional<Score> score(JsonObject notes) {
    return Optional.ofNullable(notes.getDouble("score"))
        .map(
            spam ->
                new Score(
                    spam,
                    texts(notes.getJsonArray("because", new JsonArray())),
                    notes.getLong("model", 0L)));
  }

  private static List<Opinion> opinions(JsonObject notes) {
    return notes.getJsonArray("opinions", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .map(
            o ->
                new Opinion(
                    o.getString("source"),
                    Opinion.Says.valueOf(o.getString("says").toUpperCase(Locale.ROOT)),
                    texts(o.getJsonArray("reasons"))))
        .toList();
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}
