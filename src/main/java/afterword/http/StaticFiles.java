package afterword.http;

import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one folder of the web part, in memory from the start. A name is looked up as it
 * stands, so there is no path to climb: what was not packed does not exist.
 */
public final class StaticFiles {
  /** A folder named by the hash of what it holds; kept by a browser for ever. */
  private static final Pattern HASHED = Pattern.compile("(v\\d+/)[0-9a-f]{12}/(.+)");

  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final String prefix;
  private final String cacheControl;
  private final Map<String, StaticFile> nameToFile = new TreeMap<>();

  /**
   * @param folder in the class path, such as "web/widget"
   * @param prefix of the request path, such as "/embed/"
   */
  public StaticFiles(String folder, String prefix, String cacheControl) {
    this.prefix = prefix;
    this.cacheControl = cacheControl;
    PackedFolder.read(folder)
        .forEach((name, bytes) -> nameToFile.put(name, new StaticFile(name, bytes)));
  }

  /** The file that the path names; the folder itself is its index.html. */
  public void show(RoutingContext ctx) {
    String path = ctx.request().path();
    String name = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
    StaticFile file = nameToFile.get(name.isEmpty() ? "index.html" : name);
    Matcher hashed = HASHED.matcher(name);
    boolean inHashed = hashed.matches();
    // Another version's folder, asked for while versions change: today's file does the same.
    StaticFile today =
        file == null && inHashed ? nameToFile.get(hashed.group(1) + hashed.group(2)) : file;
    if (today == null) ctx.fail(FailureException.notFound("There is no such file."));
    else send(ctx, today, inHashed && file != null ? FOR_EVER : cacheControl).onFailure(ctx::fail);
  }

  private Future<Void> send(RoutingContext ctx, StaticFile file, String cacheControl) {
    HttpServerResponse response = ctx.response();
    response.putHeader(HttpHeaders.CACHE_CONTROL, cacheControl);
    response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (has(ctx, file)) {
      return response.putHeader(HttpHeaders.ETAG, '"' + file.tag() + '"').setStatusCode(304).end();
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
    if (!takes(ctx, "br")) return gzipped(ctx, file);
    return file.brotli(ctx.vertx())
        .transform(
            made -> made.succeeded() ? body(ctx, file, "br", made.result()) : gzipped(ctx, file));
  }

  private static Future<Void> gzipped(RoutingContext ctx, StaticFile file) {
    if (!takes(ctx, "gzip")) return body(ctx, file, "", file.plain());
    return file.gzipped(ctx.vertx()).compose(made -> body(ctx, file, "gzip", made));
  }

  /** Plain after all where that is less. */
  private static Future<Void> body(
      RoutingContext ctx, StaticFile file, String encoding, Buffer encoded) {
    boolean smaller = encoded.length() < file.plain().length();
    Buffer bytes = smaller ? encoded : file.plain();
    HttpServerResponse response = ctx.response();
    String suffix = !smaller ? "" : encoding.equals("br") ? "-br" : "-gz";
    response.putHeader(HttpHeaders.ETAG, '"' + file.tag() + suffix + '"');
    if (smaller) response.putHeader(HttpHeaders.CONTENT_ENCODING, encoding);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length()));
    return ctx.request().method() == HttpMethod.HEAD ? response.end() : response.end(bytes);
  }

  private static boolean has(RoutingContext ctx, StaticFile file) {
    String known = ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    return known != null && (known.equals("*") || known.contains('"' + file.tag()));
  }

  private static boolean takes(RoutingContext ctx, String encoding) {
    String accepted = ctx.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    return accepted != null
        && accepted.matches(".*\\b" + encoding + "\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
  }
}
