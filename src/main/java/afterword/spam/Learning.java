package afterword.spam;

import java.util.ArrayList;
import java.util.List;

/**
 * From a site's decisions, and what was left public beside them, to its model. Depends on nothing
 * but what counts now, so that a decision taken back leaves no trace.
 *
 * <p>What every comment starts from stays the shipped one: how many of each kind were decided on
 * tells what moderators looked at, not what is posted (King and Zeng, 2001, on sampling by the
 * outcome). Else a site that has approved a thousand comments and met no spam yet would take the
 * first one for good.
 */
final class Learning {
  /** How strongly one differs from the shipped model only for a reason. */
  private static final double STRICTNESS = 0.05;

  private static final int STEPS = 50;

  /** Two and a half times the odds. */
  private static final double MOST_BOLDNESS = 0.92;

  private static final double ENOUGH_OF_BOTH = 100;

  private Learning() {}

  static Weights weights(Evidence evidence) {
    Weights found = weights(evidence.examples());
    return new Weights((float) boldness(evidence), found.places(), found.values());
  }

  /**
   * Log odds that are added to what a model says that has met both sides of its site. Every change
   * of a weight has its price, so that such a model says less than is true: at so much more, it
   * holds no more of what people say than the shipped one.
   */
  private static double boldness(Evidence evidence) {
    double met = Math.min(evidence.spam(), evidence.unopposed().size()) / ENOUGH_OF_BOTH;
    return MOST_BOLDNESS * Math.min(1, met);
  }

  /**
   * @param own the site's, in the order of their comments
   */
  static Weights weights(List<Example> own) {
    if (own.isEmpty()) return Weights.NONE;
    var examples = new ArrayList<>(Prior.anchors());
    examples.addAll(own);
    double[] base =
        examples.stream().mapToDouble(e -> Model.SHIPPED.logOdds(e.features())).toArray();
    Weights found = Fitting.fit(examples, base, STRICTNESS, STEPS);
    return new Weights(0, found.places(), found.values());
  }
}
