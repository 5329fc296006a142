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
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the web part, ready to send: gzipped from the start, as brotli once somebody asked.
 *
 * @param brotli empty until then
 */
record StaticFile(
    String type, String tag, Buffer plain, Buffer gzipped, AtomicReference<Future<Buffer>> brotli) {
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

  static StaticFile of(String name, byte[] bytes) {
    String type =
        ENDING_TO_TYPE.getOrDefault(
            name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    return new StaticFile(
        type,
        tagOf(bytes),
        Buffer.buffer(bytes),
        Buffer.buffer(gzip(bytes)),
        new AtomicReference<>());
  }

  /** Made once, off the event loop; fails where the native library cannot be unpacked. */
  Future<Buffer> brotli(Vertx vertx) {
    Future<Buffer> made = brotli.get();
    if (made != null) return made;
    Future<Buffer> making = vertx.executeBlocking(this::compressed, false);
    return brotli.compareAndSet(null, making) ? making : brotli.get();
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
