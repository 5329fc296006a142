package afterword.spam;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Judges the filter by itself: on generated texts, and on comments of others. */
public final class Judging {
  /** Says a line. */
  public interface Teller {
    void say(String format, Object... arguments);
  }

  private static final double HOLDS_AT = 0.9;
  private final long seed;

  public Judging(long seed) {
    this.seed = seed;
  }

  /** On templates that took no part in training. */
  public Measured generated(int many, Teller teller) {
    List<Writers.Written> texts = Writers.heldOut(seed).mixed(many);
    var all = new Measured();
    Map<String, Measured> kindToMeasured = new TreeMap<>();
    for (Writers.Written one : texts) {
      double probability = Model.SHIPPED.probability(Features.of(one.writing()));
      all.add(probability, one.spam());
      String kind = (one.spam() ? "spam: " : "good: ") + one.kind();
      kindToMeasured.computeIfAbsent(kind, k -> new Measured()).add(probability, one.spam());
    }
    kindToMeasured.forEach(
        (kind, m) ->
            teller.say(
                "  %-20s %6d  from 0.9 on: %5.1f %%",
                kind, m.size(), 100 * m.share(kind.startsWith("spam"), HOLDS_AT)));
    return all;
  }

  /** How much more often good comments in the other languages would be held than English ones. */
  public double otherLanguagesAgainstEnglish(int many) {
    double english = wronglyHeld("en", many);
    double others =
        Writers.LANGUAGES.stream()
            .filter(language -> !language.equals("en"))
            .mapToDouble(language -> wronglyHeld(language, many / 9))
            .average()
            .orElseThrow();
    return english == 0 ? others == 0 ? 1 : 99 : others / english;
  }

  /**
   * At a lower score than comments are held at, so that enough of them lie above it to be counted.
   */
  private double wronglyHeld(String language, int many) {
    var writers = Writers.heldOut(seed + language.hashCode());
    var measured = new Measured();
    for (int i = 0; i < many; i++)
      measured.add(Model.SHIPPED.probability(Features.of(writers.good(language).writing())), false);
    return measured.share(false, 0.6);
  }

  /**
   * As a post is scored, reasons included, after the code is warm. Processor time: what others do
   * on the machine does not count.
   */
  public double p99Micros(int many) {
    List<Writers.Written> texts = Writers.heldOut(seed + 1).mixed(Math.min(many, 4_000));
    var threads = java.lang.management.ManagementFactory.getThreadMXBean();
    double[] micros = new double[many];
    for (int round = 0; round < 2; round++)
      for (int i = 0; i < many; i++) {
        Writing writing = texts.get(i % texts.size()).writing();
        long start = threads.getCurrentThreadCpuTime();
        Model.SHIPPED.score(writing);
        micros[i] = (threads.getCurrentThreadCpuTime() - start) / 1_000.0;
      }
    Arrays.sort(micros);
    return micros[(int) (many * 0.99)];
  }

  public static int modelBytes() {
    return Prior.WEIGHTS.encoded().length;
  }

  /** One line of the judgement. */
  public record Row(String what, Measured measured) {}

  /**
   * Each group by the shipped model; by a site's model that has learnt the other groups as
   * decisions; and by naive Bayes and logistic regression on words of the other groups alone.
   */
  public static List<Row> byGroup(Path file) throws Exception {
    List<JudgeData.Item> items = JudgeData.read(file);
    var rows = new ArrayList<Row>();
    for (Way way : Way.values())
      for (String group : JudgeData.byGroup(items).keySet()) {
        if (way.learns && JudgeData.byGroup(items).size() < 2) continue;
        rows.add(new Row(way.words + ", group " + group, judged(items, group, way)));
      }
    return rows;
  }

  private enum Way {
    SHIPPED("shipped model", false),
    LEARNT("site that learnt the other groups", true),
    WORDS("logistic regression on their words", true),
    BAYES("naive Bayes on their words", true);

    final String words;
    final boolean learns;

    Way(String words, boolean learns) {
      this.words = words;
      this.learns = learns;
    }
  }

  private static Measured judged(List<JudgeData.Item> items, String group, Way way) {
    List<JudgeData.Item> here = items.stream().filter(i -> i.group().equals(group)).toList();
    var texts =
        here.stream().map(i -> folded(i.text())).collect(Collectors.toCollection(HashSet::new));
    List<JudgeData.Item> others =
        items.stream()
            .filter(i -> !i.group().equals(group) && !texts.contains(folded(i.text())))
            .toList();
    var scorer =
        switch (way) {
          case SHIPPED -> shipped(Model.SHIPPED);
          case LEARNT -> shipped(new Model(1, Learning.weights(examples(others))));
          case WORDS -> WordModels.regression(others);
          case BAYES -> WordModels.bayes(others);
        };
    var measured = new Measured();
    for (JudgeData.Item item : here) measured.add(scorer.applyAsDouble(item.text()), item.spam());
    return measured;
  }

  private static java.util.function.ToDoubleFunction<String> shipped(Model model) {
    return text -> model.logOdds(Features.of(Writing.of(text)));
  }

  private static List<Example> examples(List<JudgeData.Item> items) {
    return items.stream()
        .map(i -> new Example(Features.of(Writing.of(i.text())), i.spam(), 1))
        .toList();
  }

  private static String folded(String text) {
    return String.join(" ", Reader.words(Fold.of(text)));
  }
}
