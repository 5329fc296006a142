package afterword.spam;

import java.util.ArrayList;
import java.util.List;

/**
 * From a site's decisions to its model. Depends on nothing but the decisions that count now, so
 * that one taken back leaves no trace.
 *
 * <p>What every comment starts from stays the shipped one: how many of each kind were decided on
 * tells what moderators looked at, not what is posted (King and Zeng, 2001, on sampling by the
 * outcome). Else a site that has approved a thousand comments and met no spam yet would take the
 * first one for good.
 */
final class Learning {
  /** How strongly one differs from the shipped model only for a reason. */
  private static final double STRICTNESS = 0.15;

  private static final int STEPS = 50;

  private Learning() {}

  /**
   * @param decided in the order of their comments
   */
  static Weights weights(List<Example> decided) {
    if (decided.isEmpty()) return Weights.NONE;
    var examples = new ArrayList<>(Prior.anchors());
    examples.addAll(decided);
    double[] base =
        examples.stream().mapToDouble(e -> Model.SHIPPED.logOdds(e.features())).toArray();
    Weights found = Fitting.fit(examples, base, STRICTNESS, STEPS);
    return new Weights(0, found.places(), found.values());
  }
}
