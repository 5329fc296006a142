package afterword.spam;

/**
 * A site's own weights, ready to be stored.
 *
 * @param spam how many comments decided as spam they are made of
 * @param good how many approved ones
 * @param digest of all that they are made of, to see later whether anything has changed
 */
record Learnt(byte[] weights, int spam, int good, byte[] digest) {
  /**
   * @param digest of the evidence
   */
  static Learnt from(Evidence evidence, byte[] digest) {
    return new Learnt(
        Learning.weights(evidence).encoded(), evidence.spam(), evidence.good(), digest);
  }
}
