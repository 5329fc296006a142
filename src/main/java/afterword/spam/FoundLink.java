package afterword.spam;

/**
 * An address in a text.
 *
 * @param start of the first char
 * @param end after the last one
 * @param host lower case
 * @param rest path and query, may be empty
 * @param bare whether it stands there without a scheme and "www."
 */
record FoundLink(int start, int end, String host, String rest, boolean bare) {
  /** What "com" is in "www.example.com". */
  String ending() {
    return host.substring(host.lastIndexOf('.') + 1);
  }
}
