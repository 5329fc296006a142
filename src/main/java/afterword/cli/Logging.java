package afterword.cli;

import afterword.config.Config;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Log lines as the settings want them, on standard error. */
final class Logging {
  private Logging() {}

  static void configure(Config config) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(config.logLevel().toUpperCase(Locale.ROOT)));
    if (config.logFormat().equals("json")) writeJson(root);
  }

  /**
   * One object per line: timestamp, level, loggerName, formattedMessage, mdc, kvpList, throwable.
   */
  private static void writeJson(Logger root) {
    LoggerContext context = root.getLoggerContext();
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    root.detachAndStopAllAppenders();
    root.addAppender(FirstLogging.onStandardError(context, encoder));
  }
}
