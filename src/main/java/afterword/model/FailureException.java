package afterword.model;

import java.util.List;

/** Carries a {@link Failure} through futures to the rim. It has no stack trace: it is an answer. */
public final class FailureException extends RuntimeException {
  private final transient Failure failure;

  public FailureException(Failure failure) {
    super(failure.detail(), null, false, false);
    this.failure = failure;
  }

  public static FailureException unreadable(String detail) {
    return new FailureException(new Failure.Unreadable(detail));
  }

  public static FailureException invalid(List<FieldError> errors) {
    return new FailureException(new Failure.Invalid(errors));
  }

  public static FailureException refused(Problem problem, String detail) {
    return new FailureException(new Failure.Refused(problem, detail));
  }

  public static FailureException notFound(String detail) {
    return new FailureException(new Failure.NotFound(detail));
  }

  public static FailureException unauthenticated(String detail) {
    return new FailureException(new Failure.Unauthenticated(Problem.UNAUTHENTICATED, detail));
  }

  /** Whether the same may do better in a moment. */
  public static boolean isNotNow(Throwable cause) {
    return cause instanceof FailureException known && known.failure instanceof Failure.Unavailable;
  }

  public Failure failure() {
    return failure;
  }
}
