package afterword.markup;

/**
 * Text that refuses to grow beyond a bound, so that a few typed characters cannot become megabytes.
 */
final class BoundedText implements Appendable {
  /** There is no more room. Carries no stack trace: this is an answer, not an accident. */
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super("text is longer than its bound", null, false, false);
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final int max;

  BoundedText(int max) {
    this.max = max;
  }

  @Override
  public BoundedText append(CharSequence more) {
    return append(more, 0, more.length());
  }

  @Override
  public BoundedText append(CharSequence more, int start, int end) {
    if (text.length() + end - start > max) throw new Full();
    text.append(more, start, end);
    return this;
  }

  @Override
  public BoundedText append(char c) {
    if (text.length() >= max) throw new Full();
    text.append(c);
    return this;
  }

  int length() {
    return text.length();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
