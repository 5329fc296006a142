package afterword.spam;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What each feature adds to the log odds of spam, for those features that add anything, with what
 * every comment starts from.
 *
 * @param start added for every comment
 * @param places in rising order
 * @param values of those places
 */
record Weights(float start, int[] places, float[] values) {
  static final Weights NONE = new Weights(0, new int[0], new float[0]);

  /** Steps of a stored weight: finer ones change no verdict. */
  private static final float STEPS = 2_048;

  float at(int place) {
    int i = Arrays.binarySearch(places, place);
    return i < 0 ? 0 : values[i];
  }

  float[] dense() {
    float[] dense = new float[Features.SIZE];
    for (int i = 0; i < places.length; i++) dense[places[i]] = values[i];
    return dense;
  }

  /**
   * The start in steps, how many there are, then for each how far from the one before, and its
   * steps.
   */
  byte[] encoded() {
    var out = new ByteArrayOutputStream(3 * places.length + 16);
    number(out, zigzag(steps(start)));
    int before = -1;
    for (int i = 0; i < places.length; i++) {
      int steps = steps(values[i]);
      if (steps == 0) continue;
      number(out, places[i] - before);
      number(out, zigzag(steps));
      before = places[i];
    }
    return out.toByteArray();
  }

  static Weights decoded(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    float start = unzigzag(number(in)) / STEPS;
    int[] places = new int[bytes.length / 2 + 1];
    float[] values = new float[bytes.length / 2 + 1];
    int count = 0;
    for (int before = -1; in.hasRemaining(); count++) {
      before += number(in);
      places[count] = before;
      values[count] = unzigzag(number(in)) / STEPS;
    }
    return new Weights(start, Arrays.copyOf(places, count), Arrays.copyOf(values, count));
  }

  private static int steps(float value) {
    return Math.round(value * STEPS);
  }

  private static int zigzag(int n) {
    return n << 1 ^ n >> 31;
  }

  private static int unzigzag(int n) {
    return n >>> 1 ^ -(n & 1);
  }

  /** Seven bits a byte, the lowest first. */
  private static void number(ByteArrayOutputStream out, int n) {
    for (; (n & ~0x7F) != 0; n >>>= 7) out.write(n & 0x7F | 0x80);
    out.write(n);
  }

  private static int number(ByteBuffer in) {
    int n = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      n |= (b & 0x7F) << shift;
      if (b >= 0) return n;
    }
  }
}
