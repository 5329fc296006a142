package afterword.thread;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Sends an encoded answer in the form the reader takes, or says that it has not changed. */
final class ReadAnswer {
  private static final CharSequence CACHE_CONTROL =
      HttpHeaders.createOptimized(
          "public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=600");
  private static final CharSequence STALE = HttpHeaders.createOptimized("Afterword-Stale");

  private ReadAnswer() {}

  static Future<Void> send(RoutingContext ctx, ReadCache.Hit hit) {
    HttpServerRequest request = ctx.request();
    Coding coding = coding(ctx, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    Encoded answer = hit.answer();
    HttpServerResponse response = ctx.response();
    response.putHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
    response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    response.putHeader(HttpHeaders.ETAG, '"' + answer.tag() + coding.suffix + '"');
    if (hit.staleSeconds() > 0) response.putHeader(STALE, Long.toString(hit.staleSeconds()));
    if (Tags.match(request.headers().getAll(HttpHeaders.IF_NONE_MATCH), answer.tag())) {
      return response.setStatusCode(304).end();
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.type());
    if (coding == Coding.PLAIN) return body(request, answer.plain());
    response.putHeader(HttpHeaders.CONTENT_ENCODING, coding.word);
    return ReadCache.onCallersContext(answer.in(coding, ctx.vertx()))
        .compose(bytes -> body(request, bytes));
  }

  /** Brotli is asked about only by who takes it: it has to be unpacked first. */
  private static Coding coding(RoutingContext ctx, String accepted) {
    boolean wanted = accepted != null && (accepted.contains("br") || accepted.contains("*"));
    return Coding.of(accepted, wanted && Brotli.isReady(ctx.vertx()));
  }

  private static Future<Void> body(HttpServerRequest request, Buffer bytes) {
    HttpServerResponse response = request.response();
    if (request.method() != HttpMethod.HEAD) return response.end(bytes);
    return response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length())).end();
  }
}
