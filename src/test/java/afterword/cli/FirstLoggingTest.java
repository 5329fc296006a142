package afterword.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class FirstLoggingTest {
  @Test
  void says_what_we_and_warns_of_what_libraries_have_to_say() {
    var context = new LoggerContext();
    FirstLogging.plain(context);

    var ours = context.getLogger("afterword.Service");
    var appender =
        (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").iteratorForAppenders().next();
    var event = new LoggingEvent("", ours, Level.INFO, "serving", null, null);
    String line = new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    assertEquals("System.err", appender.getTarget());
    assertTrue(line.matches("[\\d:.]{12} INFO  afterword\\.Service - serving \\R"), line);
    assertTrue(ours.isInfoEnabled());
    assertFalse(context.getLogger("io.netty.channel").isInfoEnabled());
    assertTrue(context.getLogger("io.netty.channel").isWarnEnabled());
    context.stop();
  }

  @Test
  void is_found_by_logback_and_steps_aside_for_the_tests_own_file() {
    var found = ServiceLoader.load(Configurator.class).iterator().next();

    assertEquals(FirstLogging.class, found.getClass());
    assertEquals(
        Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY, found.configure(new LoggerContext()));
  }
}
