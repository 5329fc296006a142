package afterword.spam;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How well scores tell spam from good comments. */
public final class Measured {
  private record One(double score, boolean spam) {}

  private final List<One> all = new ArrayList<>();

  public void add(double score, boolean spam) {
    all.add(new One(score, spam));
  }

  public int size() {
    return all.size();
  }

  private List<Double> scores(boolean spam) {
    return all.stream()
        .filter(one -> one.spam == spam)
        .map(One::score)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** The score above which at most this share of the good ones lies. */
  public double threshold(double wronglyHeld) {
    List<Double> good = scores(false);
    int allowed = (int) Math.floor(wronglyHeld * good.size() + 1e-9);
    return allowed >= good.size() ? Double.NEGATIVE_INFINITY : good.get(allowed);
  }

  /** The share of spam above that threshold. */
  public double recallAt(double wronglyHeld) {
    double threshold = threshold(wronglyHeld);
    List<Double> spam = scores(true);
    return spam.stream().filter(score -> score > threshold).count() / (double) spam.size();
  }

  public double share(boolean spam, double above) {
    List<Double> scores = scores(spam);
    return scores.stream().filter(score -> score >= above).count() / (double) scores.size();
  }

  /** The probability that a spam comment scores higher than a good one. */
  public double auc() {
    var sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble(One::score));
    double ranks = 0;
    long spam = 0;
    for (int i = 0; i < sorted.size(); ) {
      int end = i;
      while (end < sorted.size() && sorted.get(end).score == sorted.get(i).score) end++;
      double rank = (i + 1 + end) / 2.0;
      for (; i < end; i++)
        if (sorted.get(i).spam) {
          ranks += rank;
          spam++;
        }
    }
    long good = all.size() - spam;
    return (ranks - spam * (spam + 1) / 2.0) / (spam * (double) good);
  }

  /** Mean distance of what is said from what is, over ten bands of equal width, weighted. */
  public double calibrationError() {
    double error = 0;
    for (int band = 0; band < 10; band++) {
      double said = 0, spam = 0;
      int many = 0;
      for (One one : all) {
        if (Math.min(9, (int) (one.score * 10)) != band) continue;
        said += one.score;
        if (one.spam) spam++;
        many++;
      }
      if (many > 0) error += Math.abs(said - spam) / all.size();
    }
    return error;
  }
}
