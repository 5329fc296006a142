package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** The body of a request as a JSON object; the route has read it within its limit before. */
public final class JsonBody {
  private JsonBody() {}

  /** The members of the request's body, which must be a JSON object sent as application/json. */
  public static Fields of(RoutingContext ctx) {
    requireType(ctx, "application/json");
    Buffer body = ctx.body().buffer();
    return new Fields(StrictJson.object(body == null ? new byte[0] : body.getBytes()));
  }

  /** No members where nothing was sent. */
  public static Fields ofOptional(RoutingContext ctx) {
    Buffer body = ctx.body().buffer();
    return body == null || body.length() == 0 ? new Fields(Map.of()) : of(ctx);
  }

  /** Refuses a body that says it is something else, says nothing, or is compressed. */
  public static void requireType(RoutingContext ctx, String type) {
    List<String> types = ctx.request().headers().getAll(HttpHeaders.CONTENT_TYPE);
    if (types.size() != 1 || !types.get(0).split(";", 2)[0].strip().equalsIgnoreCase(type)) {
      throw unsupported("Send the body once as \"Content-Type: " + type + "\".");
    }
    if (ctx.request().headers().contains(HttpHeaders.CONTENT_ENCODING)) {
      throw unsupported("Send the body without Content-Encoding.");
    }
  }

  private static FailureException unsupported(String detail) {
    return new FailureException(new Failure.UnsupportedMedia(detail));
  }
}
