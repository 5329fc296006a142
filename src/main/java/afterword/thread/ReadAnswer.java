package afterword.thread;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** Sends an encoded answer in the form the reader takes, or says that it has not changed. */
final class ReadAnswer {
  private static final CharSequence CACHE_CONTROL =
      HttpHeaders.createOptimized(
          "public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=600");
  private static final CharSequence STALE = HttpHeaders.createOptimized("Afterword-Stale");
  private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

  private ReadAnswer() {}

  static Future<Void> send(RoutingContext ctx, ReadCache.Hit hit) {
    HttpServerRequest request = ctx.request();
    boolean gzip = takesGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    Encoded answer = hit.answer();
    HttpServerResponse response = ctx.response();
    response.putHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
    response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    response.putHeader(HttpHeaders.ETAG, '"' + answer.tag() + (gzip ? "-gz\"" : "\""));
    if (hit.staleSeconds() > 0) response.putHeader(STALE, Long.toString(hit.staleSeconds()));
    if (Tags.match(request.headers().getAll(HttpHeaders.IF_NONE_MATCH), answer.tag())) {
      return response.setStatusCode(304).end();
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.type());
    if (!gzip) return body(request, answer.plain());
    response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    return answer.gzipped(ctx.vertx()).compose(bytes -> body(request, bytes));
  }

  private static Future<Void> body(HttpServerRequest request, Buffer bytes) {
    HttpServerResponse response = request.response();
    if (request.method() != HttpMethod.HEAD) return response.end(bytes);
    return response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length())).end();
  }

  /** "gzip" or "*", unless with a weight of zero. */
  static boolean takesGzip(String accepted) {
    if (accepted == null) return false;
    if (accepted.startsWith("gzip,") || accepted.equals("gzip")) return true;
    for (String coding : accepted.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = coding.strip().split(";", 2);
      String name = parts[0].strip();
      if (!name.equals("gzip") && !name.equals("*")) continue;
      return parts.length == 1 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
    }
    return false;
  }
}
