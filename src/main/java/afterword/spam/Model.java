package afterword.spam;

import afterword.model.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Logistic regression: the shipped weights, and what a site's decisions have changed about them.
 *
 * @param version 0 for the shipped model, else of the site's own
 * @param own changes to the shipped weights
 */
record Model(long version, Weights own) {
  static final Model SHIPPED = new Model(0, Weights.NONE);

  /** Below this a reason would only explain why a comment looks well. */
  private static final double WORTH_EXPLAINING = 0.2;

  private static final int MOST_REASONS = 4;
  private static final double LEAST_REASON = 0.15;

  Score score(Writing writing) {
    double probability = probability(Features.of(writing));
    return new Score(
        probability, probability < WORTH_EXPLAINING ? List.of() : because(writing), version);
  }

  double probability(Features features) {
    return 1 / (1 + StrictMath.exp(-logOdds(features)));
  }

  double logOdds(Features features) {
    double sum = Prior.WEIGHTS.start() + own.start();
    for (int i = 0; i < features.count(); i++) sum += contribution(features, i);
    return sum;
  }

  private double contribution(Features features, int i) {
    int place = features.place(i);
    return (Prior.DENSE[place] + own.at(place)) * features.value(i);
  }

  /** A word, its pairs and its pieces are one reason. */
  private List<String> because(Writing writing) {
    Features features = Features.explained(writing);
    Map<String, Double> originToSum = new HashMap<>();
    for (int i = 0; i < features.count(); i++)
      originToSum.merge(features.origin(i), contribution(features, i), Double::sum);
    var reasons = new ArrayList<>(originToSum.entrySet());
    reasons.removeIf(reason -> reason.getValue() < LEAST_REASON);
    reasons.sort(
        Map.Entry.<String, Double>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    return reasons.stream().limit(MOST_REASONS).map(Map.Entry::getKey).toList();
  }
}
