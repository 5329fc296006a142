package afterword.outbound;

import afterword.outbound.OutboundException.Why;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Makes every outgoing call of the service. https unless the operator lists the host; the name is
 * resolved once, every address judged, and one of those judged connected to. No redirect is
 * followed, nothing waits longer than five seconds, nobody sends more than 64 KiB.
 */
public final class Outbound {
  public static final long LONGEST_MILLIS = 5_000;
  public static final int LARGEST_BYTES = 64 * 1024;
  private static final int AT_ONCE = 16;
  private static final int WAITING = 64;

  private final Names names;
  private final Set<String> listed;
  private final HttpClient client;

  /**
   * @param listed hosts, or "host:port", that the operator vouches for
   */
  public Outbound(Vertx vertx, Names names, Collection<String> listed) {
    this(vertx, names, listed, new HttpClientOptions());
  }

  /**
   * @param tls whom to trust
   */
  Outbound(Vertx vertx, Names names, Collection<String> listed, HttpClientOptions tls) {
    this.names = names;
    this.listed =
        listed.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    this.client =
        vertx.createHttpClient(
            tls.setKeepAlive(false)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(16 * 1024)
                .setConnectTimeout((int) LONGEST_MILLIS)
                .setVerifyHost(true),
            new PoolOptions().setHttp1MaxSize(AT_ONCE).setMaxWaitQueueSize(WAITING));
  }

  /** Fails with an {@link OutboundException}, and always within the call's deadline. */
  public Future<Answer> send(Call call) {
    Promise<Void> over = Promise.promise();
    return Future.succeededFuture()
        .map(begin -> Target.of(call.url(), listed))
        .compose(
            target ->
                judged(target).compose(address -> exchange(call, target, address, over.future())))
        .timeout(millis(call), TimeUnit.MILLISECONDS)
        .onComplete(done -> over.complete())
        .recover(cause -> Future.failedFuture(named(cause)));
  }

  private static long millis(Call call) {
    return Math.max(1, Math.min(LONGEST_MILLIS, call.deadlineMillis()));
  }

  /**
   * Why an address can never be called, as it is written; where its name leads is judged when it is
   * called.
   */
  public Optional<String> refusal(String url) {
    try {
      Target.of(url, listed);
      return Optional.empty();
    } catch (OutboundException refused) {
      return Optional.of(refused.getMessage());
    }
  }

  private Future<InetAddress> judged(Target target) {
    String bare = target.host().replaceAll("[\\[\\]]", "");
    return names
        .resolve(bare)
        .map(
            addresses -> {
              boolean allowed = target.listed() || addresses.stream().allMatch(Outbound::isPublic);
              if (addresses.isEmpty() || !allowed)
                throw Target.refused("it leads to an address that is not public");
              return addresses.get(0);
            });
  }

  private static boolean isPublic(InetAddress address) {
    return PublicAddresses.contains(address.getAddress());
  }

  /**
   * @param over once nobody waits any more: then the connection is closed, so that those who do not
   *     answer in time do not keep others from being asked
   */
  private Future<Answer> exchange(
      Call call, Target target, InetAddress address, Future<Void> over) {
    var options =
        new RequestOptions()
            .setMethod(call.method())
            .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
            .setHost(target.host())
            .setPort(target.port())
            .setSsl(target.tls())
            .setURI(target.pathAndQuery())
            .setFollowRedirects(false)
            .setTimeout(millis(call));
    call.headers().forEach(options::putHeader);
    options.putHeader("User-Agent", "Afterword");
    return client
        .request(options)
        .compose(
            request -> {
              over.onComplete(done -> request.connection().close());
              return (call.body() == null ? request.send() : request.send(call.body()))
                  .compose(Outbound::read);
            });
  }

  /** Byte by byte, so that no answer is larger than what is kept of it. */
  private static Future<Answer> read(HttpClientResponse response) {
    var body = Buffer.buffer();
    Promise<Answer> answer = Promise.promise();
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > LARGEST_BYTES) {
            answer.tryFail(
                new OutboundException(
                    Why.TOO_LARGE, "the answer is larger than " + LARGEST_BYTES + " bytes"));
            response.request().connection().close();
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.exceptionHandler(answer::tryFail);
    response.endHandler(
        end -> answer.tryComplete(new Answer(response.statusCode(), response.headers(), body)));
    return answer.future();
  }

  private static OutboundException named(Throwable cause) {
    if (cause instanceof OutboundException known) return known;
    if (cause instanceof TimeoutException)
      return new OutboundException(Why.LATE, "no answer in time");
    return new OutboundException(Why.UNREACHABLE, "no answer: " + cause.getClass().getSimpleName());
  }

  public Future<Void> close() {
    return client.close();
  }
}
