package afterword.spam;

import java.util.Arrays;

/**
 * What a comment looks like, as a sparse vector: hashed words, pieces of words and signals. Only
 * the hash of a feature is kept, its origin ("the word “prize”") where somebody asked for reasons.
 */
final class Features {
  /** Places that features are hashed to. */
  static final int SIZE = 1 << 18;

  private int[] places = new int[256];
  private float[] values = new float[256];
  private String[] origins;
  private int[] seen = new int[1024];
  private int count;

  private Features(boolean explained) {
    if (explained) origins = new String[256];
    Arrays.fill(seen, -1);
  }

  static Features of(Writing writing) {
    return read(writing, false);
  }

  /** These terms and nothing else. */
  static Features of(Iterable<String> terms) {
    var features = new Features(false);
    terms.forEach(term -> features.add(Hash.of('t', term), 1, null));
    return features;
  }

  /** With the origin of every feature; slower. */
  static Features explained(Writing writing) {
    return read(writing, true);
  }

  private static Features read(Writing writing, boolean explained) {
    var features = new Features(explained);
    new Reader(features, writing).read();
    return features;
  }

  int count() {
    return count;
  }

  int place(int i) {
    return places[i];
  }

  float value(int i) {
    return values[i];
  }

  /** In words; only of explained features. */
  String origin(int i) {
    return origins[i];
  }

  boolean explained() {
    return origins != null;
  }

  /** A feature counts once, however often a text repeats it. */
  void add(int hash, float value, String origin) {
    int place = hash & (SIZE - 1);
    if (!isNew(place)) return;
    if (count == places.length) grow();
    places[count] = place;
    values[count] = value;
    if (origins != null) origins[count] = origin;
    count++;
  }

  /** The more there are of a kind, the less each counts: a long text is no stronger sign. */
  void scale(int from, double least) {
    int many = count - from;
    if (many == 0) return;
    float scale = (float) (1 / Math.sqrt(Math.max(least, many)));
    for (int i = from; i < count; i++) values[i] *= scale;
  }

  private boolean isNew(int place) {
    int at = (place * 0x9E3779B1) >>> 7 & (seen.length - 1);
    while (seen[at] != -1) {
      if (seen[at] == place) return false;
      at = at + 1 & (seen.length - 1);
    }
    seen[at] = place;
    return true;
  }

  private void grow() {
    places = Arrays.copyOf(places, 2 * count);
    values = Arrays.copyOf(values, 2 * count);
    if (origins != null) origins = Arrays.copyOf(origins, 2 * count);
    int[] old = seen;
    seen = new int[2 * old.length];
    Arrays.fill(seen, -1);
    for (int i = 0; i < count; i++) isNew(places[i]);
  }
}
