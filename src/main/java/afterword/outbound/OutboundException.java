package afterword.outbound;

/** Why a call came to nothing. The message is for logs and operators; it names no secret. */
public final class OutboundException extends RuntimeException {
  /** What kind of nothing. */
  public enum Why {
    /** The address is none that the service may call. */
    NOT_ALLOWED,
    UNREACHABLE,
    LATE,
    TOO_LARGE
  }

  private final Why why;

  OutboundException(Why why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
