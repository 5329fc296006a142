package afterword.outbound;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * One outgoing call.
 *
 * @param url absolute, with a host
 * @param body null without one
 * @param deadlineMillis for all of it, at most {@link Outbound#LONGEST_MILLIS}
 */
public record Call(
    HttpMethod method, String url, Map<String, String> headers, Buffer body, long deadlineMillis) {

  public static Call get(String url) {
    return new Call(HttpMethod.GET, url, Map.of(), null, Outbound.LONGEST_MILLIS);
  }

  public static Call post(String url, String contentType, Buffer body) {
    return new Call(
        HttpMethod.POST, url, Map.of("Content-Type", contentType), body, Outbound.LONGEST_MILLIS);
  }

  public Call with(String header, String value) {
    var more = new java.util.HashMap<>(headers);
    more.put(header, value);
    return new Call(method, url, Map.copyOf(more), body, deadlineMillis);
  }

  public Call within(long millis) {
    return new Call(method, url, headers, body, millis);
  }
}
