package afterword.thread;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brotli at quality 5, which takes 0.12 ms for 22 kB (quality 11 takes 23). Its library unpacks
 * native code into the temporary folder when first needed, away from the event loops; until then,
 * and where that cannot be done, there is gzip.
 */
final class Brotli {
  private static final Encoder.Parameters QUALITY = new Encoder.Parameters().setQuality(5);
  private static final AtomicBoolean asked = new AtomicBoolean();
  private static volatile boolean ready;

  private Brotli() {}

  /** Does not wait; who is told no may be told yes a moment later. */
  static boolean isReady(Vertx vertx) {
    if (!ready && asked.compareAndSet(false, true))
      vertx.executeBlocking(Brotli4jLoader::isAvailable, false).onSuccess(there -> ready = there);
    return ready;
  }

  static boolean isReady() {
    return ready;
  }

  static byte[] compressed(byte[] bytes) {
    try {
      return Encoder.compress(bytes, QUALITY);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
