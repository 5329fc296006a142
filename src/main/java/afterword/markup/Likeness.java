package afterword.markup;

import java.util.Arrays;

/**
 * Hashes of which near-duplicate texts share at least one: min-hashes (Broder, 1997) of what the
 * text is made of, banded so that texts nine tenths alike nearly always meet and those a third
 * alike seldom do.
 */
public final class Likeness {
  private static final int BANDS = 5;
  private static final int ROWS = 2;
  private static final int SHINGLE = 5;
  private static final int LOOKED_AT = 2_000;

  /** Shorter texts are alike by being short. */
  private static final int SHORTEST = 20;

  private Likeness() {}

  /**
   * @param salt keeps the texts of one site apart from another's
   */
  public static long[] of(String text, long salt) {
    String folded = PlainText.cut(PlainText.fingerprintText(text), LOOKED_AT);
    if (folded.length() < SHORTEST) return new long[0];
    var least = new long[BANDS * ROWS];
    Arrays.fill(least, Long.MAX_VALUE);
    for (int i = 0; i + SHINGLE <= folded.length(); i++) {
      long shingle = hash(folded, i, i + SHINGLE);
      for (int row = 0; row < least.length; row++) {
        least[row] = Math.min(least[row], mixed(shingle + row * 0x9E3779B97F4A7C15L));
      }
    }
    var bands = new long[BANDS];
    for (int band = 0; band < BANDS; band++) {
      long joined = mixed(salt + band);
      for (int row = 0; row < ROWS; row++) joined = mixed(joined ^ least[band * ROWS + row]);
      bands[band] = joined;
    }
    return bands;
  }

  private static long hash(String text, int from, int to) {
    long hash = 0;
    for (int i = from; i < to; i++) hash = hash * 31 + text.charAt(i);
    return hash;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
