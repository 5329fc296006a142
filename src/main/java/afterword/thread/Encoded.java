package afterword.thread;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A public answer as bytes: plain at once, compressed when first asked for, each made once. */
final class Encoded {
  /** Above this, compressing would hold up the event loop for more than a millisecond. */
  private static final int INLINE_BYTES = 64 * 1024;

  private static final CharSequence CACHE_CONTROL =
      HttpHeaders.createOptimized(
          "public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=600");

  /** Of the entry itself and its prepared headers, about. */
  private static final int OVERHEAD = 3_000;

  private final CharSequence type;
  private final Buffer plain;
  private final String tag;
  private final Set<Long> threads;
  private final Instant loadedAt;
  private volatile boolean suspect;
  private final Map<Coding, MultiMap> codingToHeaders = new EnumMap<>(Coding.class);
  private final Map<Coding, MultiMap> codingToContentHeaders = new EnumMap<>(Coding.class);
  private final AtomicReference<Future<Buffer>> gzipped = new AtomicReference<>();
  private final AtomicReference<Future<Buffer>> brotlied = new AtomicReference<>();

  /**
   * @param threads what the answer depends on; see {@link ReadCache#UNKNOWN_PAGE} and {@link
   *     ReadCache#WHOLE_SITE}
   */
  Encoded(String type, Buffer plain, Set<Long> threads, Instant loadedAt) {
    this.type = HttpHeaders.createOptimized(type);
    this.plain = plain;
    this.tag = tagOf(plain.getBytes());
    this.threads = Set.copyOf(threads);
    this.loadedAt = loadedAt;
    for (Coding coding : Coding.values()) {
      codingToHeaders.put(
          coding,
          HttpHeaders.headers()
              .add(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
              .add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
              .add(HttpHeaders.ETAG, HttpHeaders.createOptimized('"' + tag + coding.suffix + '"')));
      MultiMap content = HttpHeaders.headers().add(HttpHeaders.CONTENT_TYPE, this.type);
      if (coding != Coding.PLAIN) content.add(HttpHeaders.CONTENT_ENCODING, coding.header);
      codingToContentHeaders.put(coding, content);
    }
  }

  /** Of every answer with this content, also where the reader has it already. */
  MultiMap headers(Coding coding) {
    return codingToHeaders.get(coding);
  }

  /** Of the content itself. */
  MultiMap contentHeaders(Coding coding) {
    return codingToContentHeaders.get(coding);
  }

  Buffer plain() {
    return plain;
  }

  /** Hash of the plain bytes, without quotes and without the suffix of an encoding. */
  String tag() {
    return tag;
  }

  Set<Long> threads() {
    return threads;
  }

  /** It may have missed changes: from now on it is good only where nothing newer can be had. */
  void suspect() {
    suspect = true;
  }

  boolean isSuspect() {
    return suspect;
  }

  Instant loadedAt() {
    return loadedAt;
  }

  /** The form, where it has been made already; otherwise null. */
  Buffer ready(Coding coding) {
    Future<Buffer> form =
        switch (coding) {
          case PLAIN -> null;
          case GZIP -> gzipped.get();
          case BROTLI -> brotlied.get();
        };
    if (coding == Coding.PLAIN) return plain;
    return form == null ? null : form.result();
  }

  /** What it may come to weigh, with its compressed forms. */
  int weight() {
    return plain.length() + plain.length() / 4 * 3 + OVERHEAD;
  }

  Future<Buffer> in(Coding coding, Vertx vertx) {
    return switch (coding) {
      case PLAIN -> Future.succeededFuture(plain);
      case GZIP -> once(gzipped, Encoded::gzip, vertx);
      case BROTLI -> once(brotlied, Brotli::compressed, vertx);
    };
  }

  private Future<Buffer> once(
      AtomicReference<Future<Buffer>> form, UnaryOperator<byte[]> compress, Vertx vertx) {
    Future<Buffer> known = form.get();
    if (known != null) return known;
    Promise<Buffer> mine = Promise.promise();
    if (!form.compareAndSet(null, mine.future())) return form.get();
    if (plain.length() <= INLINE_BYTES)
      mine.complete(Buffer.buffer(compress.apply(plain.getBytes())));
    else
      vertx
          .executeBlocking(() -> Buffer.buffer(compress.apply(plain.getBytes())), false)
          .onComplete(mine::handle);
    return mine.future();
  }

  private static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (var gzip = new LevelSix(out)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static final class LevelSix extends GZIPOutputStream {
    LevelSix(ByteArrayOutputStream out) throws IOException {
      super(out, 8_192);
      def.setLevel(6);
      def.setStrategy(Deflater.DEFAULT_STRATEGY);
    }
  }

  private static String tagOf(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
