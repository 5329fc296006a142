package afterword.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;

/**
 * How log lines look until the configuration is read; afterwards LOG_FORMAT and AFTERWORD_LOG_LEVEL
 * decide. Found by Logback itself. It is no XML, because what reads that is three hundred classes
 * that every start would wait for.
 */
public final class FirstLogging extends ContextAwareBase implements Configurator {
  private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{20} - %msg %kvp%n";

  private static final Map<String, Level> LOGGER_TO_LEVEL =
      Map.of(
          "ROOT",
          Level.INFO,
          "org.flywaydb",
          Level.WARN,
          "io.netty",
          Level.WARN,
          // Two pools share a gauge and it says so.
          "io.micrometer.core.instrument.MeterRegistry",
          Level.ERROR);

  /** Steps aside where somebody names a file, and in tests, which have one of their own. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    boolean othersDo =
        System.getProperty("logback.configurationFile") != null
            || getClass().getResource("/logback-test.xml") != null;
    if (othersDo) return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    plain(context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void plain(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    context.getLogger("ROOT").addAppender(onStandardError(context, encoder));
    LOGGER_TO_LEVEL.forEach((name, level) -> context.getLogger(name).setLevel(level));
  }

  static ConsoleAppender<ILoggingEvent> onStandardError(
      LoggerContext context, Encoder<ILoggingEvent> encoder) {
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
