package afterword.http;

/** Lines for tables (RFC 4180). */
public final class Csv {
  /**
   * Before the first line of what people have written: without it Excel takes UTF-8 for another.
   */
  public static final String BYTE_ORDER_MARK = "\uFEFF";

  private Csv() {}

  /** A field; null is an empty one. What begins like a formula is none. */
  public static String quoted(Object value) {
    if (value == null) return "";
    String text = value.toString();
    String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
