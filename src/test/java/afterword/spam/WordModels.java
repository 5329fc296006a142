package afterword.spam;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What the filter is compared with: models of single words and pairs of words, nothing else. */
final class WordModels {
  private WordModels() {}

  private static Set<String> terms(String text) {
    List<String> words = Reader.words(Fold.of(text));
    var terms = new HashSet<String>(words);
    for (int i = 1; i < words.size(); i++) terms.add(words.get(i - 1) + " " + words.get(i));
    return terms;
  }

  /** Bernoulli over the terms of a text, add-one smoothing. */
  static ToDoubleFunction<String> bayes(List<JudgeData.Item> items) {
    Map<String, int[]> termToCounts = new HashMap<>();
    int[] totals = new int[2];
    for (JudgeData.Item item : items) {
      int spam = item.spam() ? 1 : 0;
      for (String term : terms(item.text())) {
        termToCounts.computeIfAbsent(term, t -> new int[2])[spam]++;
        totals[spam]++;
      }
    }
    int many = termToCounts.size();
    return text -> {
      double sum = 0;
      for (String term : terms(text)) {
        int[] counts = termToCounts.get(term);
        if (counts == null) continue;
        sum += Math.log((counts[1] + 1.0) / (totals[1] + many));
        sum -= Math.log((counts[0] + 1.0) / (totals[0] + many));
      }
      return sum;
    };
  }

  /** Plain logistic regression, from nothing. */
  static ToDoubleFunction<String> regression(List<JudgeData.Item> items) {
    List<Example> examples =
        items.stream().map(i -> new Example(features(i.text()), i.spam(), 1)).toList();
    Weights weights = Fitting.fit(examples, new double[examples.size()], 0.1, 100);
    return text -> {
      Features features = features(text);
      double sum = weights.start();
      for (int i = 0; i < features.count(); i++)
        sum += weights.at(features.place(i)) * features.value(i);
      return sum;
    };
  }

  private static Features features(String text) {
    return Features.of(terms(text));
  }
}
