package afterword.spam;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A site's own weights, ready to be stored.
 *
 * @param spam how many comments decided as spam they are made of
 * @param good how many approved ones
 * @param digest of all those comments, to see later whether anything has changed
 */
record Learnt(byte[] weights, int spam, int good, byte[] digest) {

  static Learnt from(List<Decided> decided) {
    List<Example> examples =
        decided.stream().map(d -> new Example(Features.of(d.writing()), d.spam(), 1)).toList();
    int spam = (int) decided.stream().filter(Decided::spam).count();
    return new Learnt(
        Learning.weights(examples).encoded(), spam, decided.size() - spam, digest(decided));
  }

  static byte[] digest(List<Decided> decided) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (Decided one : decided) {
        digest.update(
            ByteBuffer.allocate(9).putLong(one.comment()).put((byte) (one.spam() ? 1 : 0)).flip());
        Writing writing = one.writing();
        for (String part : List.of(writing.text(), writing.name(), writing.url().orElse(""))) {
          digest.update(part.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
        }
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
