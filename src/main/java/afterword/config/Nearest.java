package afterword.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** "Did you mean": the known word that takes the fewest typing mistakes to come from. */
public final class Nearest {
  private Nearest() {}

  /** Empty if none is near: more than a third of the letters would have to change. */
  public static Optional<String> to(String word, List<String> known) {
    return known.stream()
        .filter(
            candidate ->
                distance(word, candidate) <= Math.max(word.length(), candidate.length()) / 3)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Letters to add, remove or replace (Levenshtein 1966), one row of the table at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
