package afterword.spam;

/** Names of features as numbers, the same on every machine and in every version of the model. */
final class Hash {
  private static final int START = 0x811C9DC5;
  private static final int PRIME = 0x01000193;

  private Hash() {}

  /** FNV-1a over a kind and chars of a text, then mixed so that the low bits are good. */
  static int of(char kind, CharSequence text, int from, int to) {
    int hash = add(START, kind);
    for (int i = from; i < to; i++) hash = add(hash, text.charAt(i));
    return mixed(hash);
  }

  static int of(char kind, CharSequence text) {
    return of(kind, text, 0, text.length());
  }

  /** Of two words that follow each other. */
  static int ofPair(char kind, CharSequence first, CharSequence second) {
    int hash = add(START, kind);
    for (int i = 0; i < first.length(); i++) hash = add(hash, first.charAt(i));
    hash = add(hash, ' ');
    for (int i = 0; i < second.length(); i++) hash = add(hash, second.charAt(i));
    return mixed(hash);
  }

  private static int add(int hash, char c) {
    return ((hash ^ (c & 0xFF)) * PRIME ^ (c >>> 8)) * PRIME;
  }

  private static int mixed(int hash) {
    int h = hash;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    return h ^ (h >>> 16);
  }
}
