package afterword.http;

import afterword.model.Limits;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Reads the body of a request into memory, up to a limit; more is 413. To come before anything that
 * waits.
 */
public final class Bodies {
  private Bodies() {}

  /** For routes that take a comment's text. */
  public static Handler<RoutingContext> ofComment() {
    return upTo(Limits.COMMENT_BODY_BYTES);
  }

  public static Handler<RoutingContext> small() {
    return upTo(Limits.BODY_BYTES);
  }

  /** Five hundred comments with their versions, decided at once. */
  public static Handler<RoutingContext> ofDecision() {
    return upTo(Limits.DECISION_BODY_BYTES);
  }

  private static Handler<RoutingContext> upTo(int bytes) {
    BodyHandler reader =
        BodyHandler.create(false).setBodyLimit(bytes).setMergeFormAttributes(false);
    return reader::handle; // as it is, vertx-web insists on it being the first of its route
  }
}
