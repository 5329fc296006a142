package afterword.ratelimit;

/**
 * How one bucket stands.
 *
 * @param usedMillis until it is full again
 * @param taken whether a token was taken from it
 */
record Standing(Sender.Bucket bucket, long usedMillis, boolean allowed, boolean taken) {
  long remaining() {
    Policy policy = bucket.policy();
    return Math.max(0, (policy.windowMillis() - usedMillis) / policy.everyMillis());
  }

  /** Until the next token is there; 1 at least. */
  long retryAfterSeconds() {
    Policy policy = bucket.policy();
    return seconds(usedMillis + policy.everyMillis() - policy.windowMillis());
  }

  String limit() {
    return '"' + bucket.policy().name() + "\";r=" + remaining() + ";t=" + seconds(usedMillis);
  }

  String policy() {
    Policy policy = bucket.policy();
    return '"' + policy.name() + "\";q=" + policy.burst() + ";w=" + seconds(policy.windowMillis());
  }

  private static long seconds(long millis) {
    return Math.max(1, (millis + 999) / 1000);
  }
}
