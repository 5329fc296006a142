package afterword.ratelimit;

/** So many at once, then one per so many milliseconds. */
record Policy(String name, int burst, long everyMillis) {
  Policy {
    burst = Math.max(1, burst);
    everyMillis = Math.max(1, everyMillis);
  }

  /** How long a full use takes to refill. */
  long windowMillis() {
    return burst * everyMillis;
  }
}
