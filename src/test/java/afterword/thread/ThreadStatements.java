package afterword.thread;

import java.util.Map;

/** For measurements beside the service: what it asks the database. */
public final class ThreadStatements {
  private ThreadStatements() {}

  public static String firstPage() {
    return ThreadSql.NEWEST;
  }

  /** The parameters of a first page, by number. */
  public static Map<Integer, String> firstPage(int site, String page, int limit) {
    var parameters = ThreadStore.parameters(site, page, Order.NEWEST, Place.start(true), limit);
    var numberToText = new java.util.TreeMap<Integer, String>();
    for (int i = 0; i < parameters.size(); i++)
      numberToText.put(i + 1, parameters.getValue(i).toString());
    return numberToText;
  }
}
