package afterword.spam;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the weights that explain the examples best and change the given ones least: the minimum of
 * the logistic loss plus half of {@code strictness} times the squared change. There is one such
 * minimum, and the way to it depends on nothing but the examples in their order: who takes an
 * example out and fits again has what would have been without it, bit by bit.
 */
final class Fitting {
  private final List<Example> examples;
  private final double strictness;
  private final double[] base;

  /** The features that occur, in rising order, and for each example where its own are in there. */
  private final int[] places;

  private final int[][] columns;

  private Fitting(List<Example> examples, double[] base, double strictness) {
    this.examples = examples;
    this.strictness = strictness;
    this.base = base;
    this.places =
        examples.stream()
            .map(Example::features)
            .flatMapToInt(
                features ->
                    java.util.stream.IntStream.range(0, features.count()).map(features::place))
            .distinct()
            .sorted()
            .toArray();
    this.columns =
        examples.stream().map(example -> columns(example.features())).toArray(int[][]::new);
  }

  /**
   * @param base log odds of each example by the weights that are to be changed
   */
  static Weights fit(List<Example> examples, double[] base, double strictness, int steps) {
    var fitting = new Fitting(examples, base, strictness);
    double[] found = new Lbfgs(fitting::loss).minimum(new double[fitting.places.length + 1], steps);
    float[] values = new float[fitting.places.length];
    for (int i = 0; i < values.length; i++) values[i] = (float) found[i];
    return new Weights((float) found[values.length], fitting.places, values);
  }

  private int[] columns(Features features) {
    int[] columns = new int[features.count()];
    for (int i = 0; i < columns.length; i++)
      columns[i] = Arrays.binarySearch(places, features.place(i));
    return columns;
  }

  private double loss(double[] at, double[] slope) {
    double loss = 0;
    for (int i = 0; i < at.length; i++) {
      loss += strictness * at[i] * at[i] / 2;
      slope[i] = strictness * at[i];
    }
    for (int e = 0; e < columns.length; e++) {
      Example example = examples.get(e);
      Features features = example.features();
      int[] mine = columns[e];
      double logOdds = base[e] + at[at.length - 1];
      for (int i = 0; i < mine.length; i++) logOdds += at[mine[i]] * features.value(i);
      double signed = example.spam() ? logOdds : -logOdds;
      double miss = 1 / (1 + StrictMath.exp(signed));
      loss += example.weight() * (signed > 30 ? 0 : softplus(-signed));
      double pull = example.weight() * (example.spam() ? -miss : miss);
      for (int i = 0; i < mine.length; i++) slope[mine[i]] += pull * features.value(i);
      slope[at.length - 1] += pull;
    }
    return loss;
  }

  private static double softplus(double x) {
    return x > 30 ? x : StrictMath.log1p(StrictMath.exp(x));
  }
}
