package afterword.markup;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What one, two and three letters in a row say about the language of a text. A row is an n-gram
 * and, for each language that has it, by how much it speaks for it: {@code ln(1 + p / p0)}, where p
 * is its share among that language's n-grams of its length and p0 what stands in where there is
 * none. So a text's score is a sum over what is in it, and languages that do not have an n-gram
 * cost nothing.
 *
 * <p>The file is made by {@code NgramTableWriter}: the languages, then the n-grams in order, then
 * their rows.
 */
final class NgramTable {
  static final String FILE = "ngrams.bin";
  static final int LONGEST = 3;
  private static final int BITS = 16;

  private final String[] languages;
  private final long[] grams;
  private final int[] starts;
  private final byte[] language;
  private final float[] weight;

  private NgramTable(DataInputStream in) throws IOException {
    languages = in.readUTF().split(" ");
    int count = in.readInt();
    grams = new long[count];
    bytes(in, count * Long.BYTES).asLongBuffer().get(grams);
    starts = new int[count + 1];
    bytes(in, starts.length * Integer.BYTES).asIntBuffer().get(starts);
    language = bytes(in, starts[count]).array();
    weight = new float[starts[count]];
    bytes(in, weight.length * Float.BYTES).asFloatBuffer().get(weight);
  }

  private static ByteBuffer bytes(DataInputStream in, int bytes) throws IOException {
    byte[] read = new byte[bytes];
    in.readFully(read);
    return ByteBuffer.wrap(read);
  }

  static NgramTable read() {
    try (InputStream file = NgramTable.class.getResourceAsStream(FILE)) {
      return new NgramTable(new DataInputStream(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String[] languages() {
    return languages;
  }

  /** Adds what an n-gram says to the score of each language; false where nobody has it. */
  boolean add(long gram, double[] scores) {
    int row = Arrays.binarySearch(grams, gram);
    if (row < 0) return false;
    for (int i = starts[row]; i < starts[row + 1]; i++) scores[language[i]] += weight[i];
    return true;
  }

  /** The n-gram that follows when one letter more is read. */
  static long with(long gram, char letter) {
    return gram << BITS | letter;
  }

  /** Its last letters. */
  static long last(long gram, int letters) {
    return gram & ((1L << BITS * letters) - 1);
  }
}
