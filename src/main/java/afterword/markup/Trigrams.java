package afterword.markup;

import java.util.stream.IntStream;

/**
 * The sequences of three characters that a text has, each once, without regard to case and form.
 */
public final class Trigrams {
  private static final int LENGTH = 3;

  /** Ascending. */
  private final int[] hashes;

  private Trigrams(int[] hashes) {
    this.hashes = hashes;
  }

  public static Trigrams of(String text) {
    // A text of one letter has a trigram too.
    String folded = "  " + PlainText.fingerprintText(text) + " ";
    return new Trigrams(
        IntStream.rangeClosed(0, folded.length() - LENGTH)
            .map(
                at ->
                    (folded.charAt(at) * 31 + folded.charAt(at + 1)) * 31 * 31
                        + folded.charAt(at + 2))
            .sorted()
            .distinct()
            .toArray());
  }

  /**
   * @return what both have of what one of them has (Jaccard), 0 to 1
   */
  public double shareWith(Trigrams other) {
    int both = 0;
    for (int i = 0, j = 0; i < hashes.length && j < other.hashes.length; ) {
      int order = Integer.compare(hashes[i], other.hashes[j]);
      if (order == 0) both++;
      if (order <= 0) i++;
      if (order >= 0) j++;
    }
    return (double) both / (hashes.length + other.hashes.length - both);
  }
}
