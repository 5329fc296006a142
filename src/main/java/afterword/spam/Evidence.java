package afterword.spam;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is for a site to learn from, in the order of the comments.
 *
 * @param decided what moderators said
 * @param unopposed what they could have said something about and did not: weak evidence, and none
 *     without decisions
 */
record Evidence(List<Decided> decided, List<Unopposed> unopposed) {
  static final Evidence NONE = new Evidence(List.of(), List.of());

  /** Of a decision: nobody has said that it is good. */
  private static final double MOST_OF_ONE_UNOPPOSED = 0.5;

  int spam() {
    return (int) decided.stream().filter(Decided::spam).count();
  }

  int good() {
    return decided.size() - spam();
  }

  List<Example> examples() {
    double weight = ofOneUnopposed();
    var examples = new ArrayList<Example>();
    if (weight > 0)
      for (Unopposed one : unopposed)
        examples.add(new Example(Features.of(one.writing()), false, weight));
    for (Decided one : decided)
      examples.add(new Example(Features.of(one.writing()), one.spam(), 1));
    return examples;
  }

  /**
   * What nobody objected to stands in for the good comments that moderators, who see what was held,
   * do not meet: all of it together weighs at most what is missing among the decisions.
   */
  private double ofOneUnopposed() {
    int missing = Math.max(0, spam() - good());
    return Math.min(MOST_OF_ONE_UNOPPOSED, (double) missing / Math.max(1, unopposed.size()));
  }

  /** To see later whether anything has changed. */
  byte[] digest() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (Decided one : decided) add(digest, one.comment(), one.spam() ? 1 : 0, one.writing());
      for (Unopposed one : unopposed) add(digest, one.comment(), 2, one.writing());
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void add(MessageDigest digest, long comment, int as, Writing writing) {
    digest.update(ByteBuffer.allocate(9).putLong(comment).put((byte) as).flip());
    for (String part : List.of(writing.text(), writing.name(), writing.url().orElse(""))) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
  }
}
