package afterword.bench;

/** How much of a measurement is made. */
public enum Scale {
  /** It works: at most 10 s, its figures mean nothing. */
  SMOKE,
  /** A minute or two. */
  SHORT,
  /** What the documents state. */
  FULL;

  /** The amount for this scale. */
  public int of(int smoke, int brief, int full) {
    return switch (this) {
      case SMOKE -> smoke;
      case SHORT -> brief;
      case FULL -> full;
    };
  }
}
