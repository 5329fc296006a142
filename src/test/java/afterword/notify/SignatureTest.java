package afterword.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {
  /** The example that the Standard Webhooks specification's own libraries are tested with. */
  @Test
  void signs_as_the_standard_does() {
    byte[] secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    String signature =
        Signature.of(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            Buffer.buffer("{\"test\": 2432232314}"),
            List.of(secret));

    assertEquals("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
  }
}
