package afterword.doctor;

/**
 * What a check came to.
 *
 * @param found in the words of who runs the installation
 * @param advice what to do; empty where there is nothing to do
 */
public record Finding(Outcome outcome, String found, String advice) {
  /** How it stands. */
  public enum Outcome {
    FINE,
    FAULT,
    LEFT_OUT;

    /** As it is printed and in JSON. */
    public String word() {
      return switch (this) {
        case FINE -> "ok";
        case FAULT -> "FAULT";
        case LEFT_OUT -> "left out";
      };
    }
  }

  static Finding fine(String found) {
    return new Finding(Outcome.FINE, found, "");
  }

  static Finding fault(String found, String advice) {
    return new Finding(Outcome.FAULT, found, advice);
  }

  static Finding leftOut(String why) {
    return new Finding(Outcome.LEFT_OUT, why, "");
  }

  boolean isFault() {
    return outcome == Outcome.FAULT;
  }
}
