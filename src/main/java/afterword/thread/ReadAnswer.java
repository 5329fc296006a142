package afterword.thread;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Sends an encoded answer in the form the reader takes, or says that it has not changed. */
final class ReadAnswer {
  private static final CharSequence STALE = HttpHeaders.createOptimized("Afterword-Stale");

  private ReadAnswer() {}

  static Future<Void> send(RoutingContext ctx, ReadCache.Hit hit) {
    HttpServerRequest request = ctx.request();
    Coding coding = coding(ctx, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    Encoded answer = hit.answer();
    HttpServerResponse response = ctx.response();
    response.headers().addAll(answer.headers(coding));
    if (hit.staleSeconds() > 0) response.putHeader(STALE, Long.toString(hit.staleSeconds()));
    if (isKnown(request.headers(), answer)) return response.setStatusCode(304).end();
    response.headers().addAll(answer.contentHeaders(coding));
    if (coding == Coding.PLAIN) return body(request, answer.plain());
    return ReadCache.onCallersContext(answer.in(coding, ctx.vertx()))
        .compose(bytes -> body(request, bytes));
  }

  /** The reader has it already. */
  static boolean isKnown(MultiMap asked, Encoded answer) {
    return asked.contains(HttpHeaders.IF_NONE_MATCH)
        && Tags.match(asked.getAll(HttpHeaders.IF_NONE_MATCH), answer.tag());
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
