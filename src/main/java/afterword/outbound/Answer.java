package afterword.outbound;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What somebody outside answered: hostile until proven otherwise. A redirect is an answer like any
 * other; nobody follows it.
 *
 * @param body at most {@link Outbound#LARGEST_BYTES}
 */
public record Answer(int status, MultiMap headers, Buffer body) {
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
