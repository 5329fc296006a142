package afterword;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Limits;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpVerticleTest {
  @Test
  void the_server_is_bounded_where_its_defaults_are_not() {
    var options = HttpVerticle.options();

    assertEquals(75, options.getIdleTimeout());
    assertEquals(TimeUnit.SECONDS, options.getIdleTimeoutUnit());
    assertEquals(16 * 1024, options.getMaxInitialLineLength());
    assertFalse(options.isHttp2ClearTextEnabled());
    assertFalse(options.isDecompressionSupported(), "a body that unpacks has no bound");
    assertTrue(options.getMaxFormAttributeSize() >= Limits.TEXT * "%F0%9F%98%80".length());
    assertTrue(options.getMaxFormBufferedBytes() >= Limits.TEXT * "%F0%9F%98%80".length());
  }
}
