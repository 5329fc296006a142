package afterword.bench;

import java.util.Locale;
import java.util.function.DoublePredicate;

/** What a figure is held to. */
public record Goal(String words, DoublePredicate holds) {
  public static Goal atLeast(double least) {
    return new Goal("≥ " + plain(least), value -> value >= least);
  }

  public static Goal atMost(double most) {
    return new Goal("≤ " + plain(most), value -> value <= most);
  }

  public static Goal exactly(double only) {
    return new Goal(plain(only), value -> value == only);
  }

  /** Nothing: the figure is only told. */
  public static Goal stated() {
    return new Goal("stated", value -> true);
  }

  static String plain(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15)
      return String.format(Locale.ROOT, "%,d", (long) value);
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
  }
}
