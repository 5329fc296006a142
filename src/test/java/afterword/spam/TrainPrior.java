package afterword.spam;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code bin/train-spam}: makes the shipped model from the templates in {@code
 * src/test/resources/spam/training}. Its scores are stretched and moved by what they are on
 * templates that each fold did not see. Nothing else goes in.
 */
public final class TrainPrior {
  static final long SEED = 20_260_301;
  static final int EXAMPLES = 120_000;
  static final int ANCHORS = 400;
  static final double STRICTNESS = 0.1;
  static final int FOLDS = 5;
  static final int STEPS = 150;

  /**
   * From where on a new site holds, as log odds, and which share of good comments may lie there.
   */
  static final double HOLDS_AT = Math.log(0.9 / 0.1);

  static final double WRONGLY_HELD = 0.003;

  /**
   * What log odds become.
   *
   * @param stretch by which they are true of templates that were not trained on, half of it spam
   * @param shift so that no more than {@link #WRONGLY_HELD} of what people say there is held
   */
  private record Scale(double stretch, double shift) {}

  private TrainPrior() {}

  public static void main(String[] folder) throws Exception {
    Path to = Path.of(folder[0]);
    Files.createDirectories(to);
    Scale scale = scale();
    Weights weights = scaled(fit(Writers.training(SEED).mixed(EXAMPLES)), scale);
    byte[] encoded = weights.encoded();
    Files.write(to.resolve("prior.weights"), encoded);
    Files.write(to.resolve("anchors.tsv"), anchors());
    System.out.printf(
        "%d weights, %d bytes, stretched by %.2f, moved by %.2f%n",
        weights.places().length, encoded.length, scale.stretch, scale.shift);
  }

  static Weights fit(List<Writers.Written> written) {
    var examples = written.stream().map(TrainPrior::example).toList();
    return Fitting.fit(examples, new double[examples.size()], STRICTNESS, STEPS);
  }

  static Example example(Writers.Written written) {
    return new Example(Features.of(written.writing()), written.spam(), 1);
  }

  private static Scale scale() {
    List<Phrases> all = Writers.phrases("training");
    var logOdds = new ArrayList<Double>();
    var spam = new ArrayList<Boolean>();
    var measured = new Measured();
    for (int fold = 0; fold < FOLDS; fold++) {
      int f = fold;
      var seen = all.stream().map(p -> p.fold(f, FOLDS, false)).toList();
      var unseen = all.stream().map(p -> p.fold(f, FOLDS, true)).toList();
      Weights weights = fit(Writers.of(seen, SEED + fold).mixed(EXAMPLES / FOLDS * (FOLDS - 1)));
      float[] dense = weights.dense();
      for (Writers.Written one : Writers.of(unseen, SEED - 1 - fold).mixed(4_000)) {
        // Made of words alone, all of which are known.
        if (one.kind().equals("salad")) continue;
        double sum = weights.start();
        Features features = Features.of(one.writing());
        for (int i = 0; i < features.count(); i++)
          sum += dense[features.place(i)] * features.value(i);
        logOdds.add(sum);
        spam.add(one.spam());
        measured.add(sum, one.spam());
      }
    }
    System.out.printf(
        "unseen templates: auc %.4f, recall at 0.2 %% %.3f, at 1 %% %.3f%n",
        measured.auc(), measured.recallAt(0.002), measured.recallAt(0.01));
    double stretch = best(logOdds, spam);
    return new Scale(stretch, HOLDS_AT - stretch * measured.threshold(WRONGLY_HELD));
  }

  private static double best(List<Double> logOdds, List<Boolean> spam) {
    double best = 1, least = Double.MAX_VALUE;
    for (double stretch = 0.2; stretch < 3; stretch += 0.05) {
      double loss = 0;
      for (int i = 0; i < logOdds.size(); i++) {
        double signed = (spam.get(i) ? 1 : -1) * stretch * logOdds.get(i);
        loss += Math.log1p(Math.exp(-signed));
      }
      if (loss < least) {
        least = loss;
        best = stretch;
      }
    }
    return best;
  }

  private static Weights scaled(Weights weights, Scale by) {
    float[] values = weights.values().clone();
    for (int i = 0; i < values.length; i++) values[i] *= (float) by.stretch;
    float start = (float) (weights.start() * by.stretch + by.shift);
    return new Weights(start, weights.places(), values);
  }

  /** As {@link Prior#anchors} reads them. */
  static byte[] anchors() {
    var out = new ByteArrayOutputStream();
    for (Writers.Written one : Writers.training(SEED + 99).mixed(ANCHORS)) {
      Writing writing = one.writing();
      String line =
          String.join(
              "\t",
              one.spam() ? "spam" : "good",
              writing.name(),
              writing.url().orElse(""),
              writing.text().replace("\t", " ").replace("\n", "\\n"));
      out.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }
}
