package afterword.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.db.TestDatabase;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the whole suite must not leave behind: looked for in every row of every database that a
 * service ran on, when it is stopped, and in every line that is logged, when it is.
 */
public final class Traces {
  /** Those that tests send as a client's: the ranges for documentation. */
  private static final String ADDRESS =
      "\\b(203\\.0\\.113\\.\\d|198\\.51\\.100\\.\\d|192\\.0\\.2\\.\\d|6\\.6\\.6\\.6\\b|2001:db8:)";

  /**
   * Of 256 bits, as sessions, owners and access tokens have them, not the tail of a password's
   * hash.
   */
  private static final String TOKEN = "(?<![\\w$/+-])(afterword_)?[\\w-]{43}(?![\\w$/+-])";

  private static final String COMMENTER_KEY = "(?<![\\w-])[0-9a-f]{32}(?![\\w-])";
  private static final String E_MAIL = "[\\w.+-]+@[\\w-]+\\.[a-z]{2,}";

  private static final Pattern STORED =
      Pattern.compile(String.join("|", ADDRESS, TOKEN, COMMENTER_KEY));
  private static final Pattern LOGGED =
      Pattern.compile(String.join("|", ADDRESS, TOKEN, COMMENTER_KEY, E_MAIL));

  private static final Queue<String> FOUND_IN_THE_LOG = new ConcurrentLinkedQueue<>();

  private Traces() {}

  /** A range that a moderator typed into a ban is kept as typed. */
  private static final String TABLES =
      """
      select string_agg(quote_ident(table_name), ' ') from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'ban'
      """;

  static void assertNone(TestDatabase database) {
    for (String table : database.ask(TABLES).split(" ")) {
      String rows = database.ask("select string_agg(t::text, E'\\n') from " + table + " t");
      if (rows == null) continue;
      assertEquals(List.of(), found(STORED, rows), "in the table " + table);
    }
    assertEquals(List.of(), List.copyOf(FOUND_IN_THE_LOG), "in the log");
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(hit -> around(text, hit.start())).toList();
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
  }

  /** Looks at every line as it is logged; named in logback-test.xml. */
  public static final class Watch extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      String line =
          event.getFormattedMessage()
              + " "
              + event.getKeyValuePairs()
              + " "
              + ThrowableProxyUtil.asString(event.getThrowableProxy());
      Matcher hit = LOGGED.matcher(line);
      if (hit.find()) FOUND_IN_THE_LOG.add(event.getLoggerName() + ": " + line);
    }
  }
}
