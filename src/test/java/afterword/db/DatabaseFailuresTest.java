package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.VertxException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client says in words only when a database goes away. */
class DatabaseFailuresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Timeout|true",
        "Connection is not active now, current status: CLOSING|true",
        "Pending requests failed to be sent due to connection has been closed.|true",
        "Connection pool reached max wait queue size of 256|true",
        "Something nobody has thought of|false",
      })
  void a_connection_that_ended_is_worth_another_try(String message, boolean notNow) {
    assertEquals(notNow, DatabaseFailures.isNotNow(VertxException.noStackTrace(message)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection reset by peer", "Broken pipe"})
  void so_is_every_failure_of_the_network(String message) {
    assertEquals(true, DatabaseFailures.isNotNow(new IOException(message)));
  }
}
