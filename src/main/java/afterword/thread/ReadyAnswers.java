package afterword.thread;

import afterword.http.MatchedRoute;
import afterword.http.PublicHeaders;
import afterword.http.RequestId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Knows which answer of the cache belongs to an address that was asked for before, spelled exactly
 * so, and sends it without asking anew what the address means: no router, no parameters, no look-up
 * of the site. Whatever is not plain and simple is left to the router, which gives the same answer.
 */
public final class ReadyAnswers {
  private static final int LONGEST_ADDRESS = 1_000;

  private final ReadCache cache;
  private final Cache<String, Known> addressToKnown;

  private record Known(ReadCache.Key key, String route) {}

  /**
   * An answer on its way.
   *
   * @param done fails where the reader went away before
   */
  public record Sent(String route, int status, Future<Void> done) {}

  ReadyAnswers(ReadCache cache, long maxBytes) {
    this.cache = cache;
    this.addressToKnown =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher(
                (String address, Known known) ->
                    2 * (address.length() + known.key().asked().length()) + 200)
            .executor(Runnable::run)
            .build();
  }

  /** Sends what the router has found, and knows the address from now on. */
  Future<Void> send(RoutingContext ctx, ReadCache.Hit hit) {
    HttpServerRequest request = ctx.request();
    String address = request.uri();
    if (address.length() <= LONGEST_ADDRESS && addressToKnown.getIfPresent(address) == null)
      addressToKnown.put(address, new Known(hit.key(), MatchedRoute.of(ctx)));
    return ReadAnswer.send(ctx, hit);
  }

  /** Null where the router has to do it. */
  public Sent send(HttpServerRequest request) {
    Known known = addressToKnown.getIfPresent(request.uri());
    if (known == null || !isSimple(request)) return null;
    Encoded answer = cache.fresh(known.key());
    if (answer == null) return null;
    MultiMap asked = request.headers();
    Coding coding = Coding.of(asked.get(HttpHeaders.ACCEPT_ENCODING), Brotli.isReady());
    Buffer bytes = answer.ready(coding);
    if (bytes == null) return null;
    HttpServerResponse response = request.response();
    MultiMap headers = response.headers();
    headers.set(RequestId.HEADER, RequestId.next());
    headers.addAll(PublicHeaders.OF_ANSWERS);
    boolean unchanged = ReadAnswer.isKnown(asked, answer);
    headers.addAll(answer.headers(coding));
    if (unchanged) return new Sent(known.route(), 304, response.setStatusCode(304).end());
    headers.addAll(answer.contentHeaders(coding));
    return new Sent(known.route(), 200, response.end(bytes));
  }

  private static boolean isSimple(HttpServerRequest request) {
    MultiMap headers = request.headers();
    return request.method() == HttpMethod.GET
        && request.version() == HttpVersion.HTTP_1_1
        && headers.getAll(HttpHeaders.HOST).size() == 1
        && !headers.contains(HttpHeaders.CONTENT_LENGTH)
        && !headers.contains(HttpHeaders.TRANSFER_ENCODING)
        && !request.response().writeQueueFull();
  }
}
