package afterword.bench;

/** A program of this machine that a benchmark works with is not installed. */
final class MissingProgram extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * @param pack Debian's package that has it
   */
  MissingProgram(String program, String pack) {
    super("needs " + program + " (package " + pack + ")");
  }
}
