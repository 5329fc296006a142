package afterword.http;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;

/** One file of the web part. What is made of it is made once, when somebody first asks. */
final class StaticFile {
  /** The smallest there is: each file is made once and sent for ever. */
  private static final int QUALITY = 11;

  private static final Map<String, String> ENDING_TO_TYPE =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "html", "text/html; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "webmanifest", "application/manifest+json",
          "yaml", "application/yaml");

  private final String type;
  private final Buffer plain;
  private final AtomicReference<String> tag = new AtomicReference<>();
  private final AtomicReference<Future<Buffer>> gzipped = new AtomicReference<>();
  private final AtomicReference<Future<Buffer>> brotli = new AtomicReference<>();

  StaticFile(String name, byte[] bytes) {
    type =
        ENDING_TO_TYPE.getOrDefault(
            name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    plain = Buffer.buffer(bytes);
  }

  String type() {
    return type;
  }

  Buffer plain() {
    return plain;
  }

  /** A hash of the plain bytes. */
  String tag() {
    if (tag.get() == null) tag.set(tagOf(plain.getBytes()));
    return tag.get();
  }

  Future<Buffer> gzipped(Vertx vertx) {
    return once(gzipped, vertx, () -> Buffer.buffer(gzip(plain.getBytes())));
  }

  /** Fails where the native library cannot be unpacked. */
  Future<Buffer> brotli(Vertx vertx) {
    return once(brotli, vertx, this::compressed);
  }

  /** Off the event loop. */
  private static Future<Buffer> once(
      AtomicReference<Future<Buffer>> made, Vertx vertx, Callable<Buffer> make) {
    if (made.get() != null) return made.get();
    Future<Buffer> making = vertx.executeBlocking(make, false);
    return made.compareAndSet(null, making) ? making : made.get();
  }

  private Buffer compressed() throws IOException {
    Brotli4jLoader.ensureAvailability();
    return Buffer.buffer(
        Encoder.compress(plain.getBytes(), new Encoder.Parameters().setQuality(QUALITY)));
  }

  private static String tagOf(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException cannotHappenInMemory) {
      throw new IllegalStateException(cannotHappenInMemory);
    }
    return out.toByteArray();
  }
}
