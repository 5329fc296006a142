package afterword.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Answers with a page of ours that needs no script: nothing in it runs, nobody frames it. */
public final class PlainHtml {
  private PlainHtml() {}

  /** "same-origin", because with "no-referrer" browsers send the form with "Origin: null". */
  public static void headers(RoutingContext ctx) {
    ctx.response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
        .putHeader("Referrer-Policy", "same-origin");
  }

  public static Future<Void> send(RoutingContext ctx, int status, String html) {
    return ctx.response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .end(html);
  }
}
