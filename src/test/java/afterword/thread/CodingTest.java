package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.journeys.Eventually;
import com.aayushatharva.brotli4j.decoder.Decoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class CodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "br | BROTLI",
        "gzip, deflate, br, zstd | BROTLI",
        "* | BROTLI",
        "gzip;q=0.5, br;q=0.4 | GZIP",
        "br;q=0, gzip | GZIP",
        "GZIP | GZIP",
        "br;q=0, * | GZIP",
        "'' | PLAIN",
        "identity | PLAIN",
        "deflate | PLAIN",
        "gzip;q=0 | PLAIN",
        "br;q=0.0, gzip; q=0.0 | PLAIN",
        "br;q=x | PLAIN"
      })
  void takes_the_one_that_the_reader_likes_best(String accepted, Coding coding) {
    assertEquals(coding, Coding.of(accepted, true));
  }

  @Test
  void does_without_brotli() {
    assertEquals(Coding.GZIP, Coding.of("br, gzip;q=0.1", false));
    assertEquals(Coding.GZIP, Coding.of("*", false));
    assertEquals(Coding.PLAIN, Coding.of("br", false));
    assertEquals(Coding.PLAIN, Coding.of(null, true));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 22_000, 200_000})
  void each_form_is_made_once_and_says_the_same(int size, Vertx vertx) throws Exception {
    Eventually.eventually("brotli is unpacked", () -> Brotli.isReady(vertx));
    Buffer plain = Buffer.buffer("comment ".repeat(size / 8));
    var answer = new Encoded("text/plain", plain, Set.of(1L), Instant.EPOCH);

    Future<Buffer> gzipped = answer.in(Coding.GZIP, vertx);
    Future<Buffer> brotlied = answer.in(Coding.BROTLI, vertx);
    byte[] unzipped =
        new GZIPInputStream(new ByteArrayInputStream(gzipped.await().getBytes())).readAllBytes();

    assertEquals(plain, Buffer.buffer(unzipped));
    if (size > 0)
      assertEquals(
          plain,
          Buffer.buffer(Decoder.decompress(brotlied.await().getBytes()).getDecompressedData()));
    assertTrue(gzipped == answer.in(Coding.GZIP, vertx));
    assertTrue(brotlied == answer.in(Coding.BROTLI, vertx));
    assertEquals(plain, answer.in(Coding.PLAIN, vertx).await());
  }
}
