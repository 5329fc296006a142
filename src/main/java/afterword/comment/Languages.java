package afterword.comment;

import afterword.markup.Language;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Sees to it that language profiles are read once, and not on an event loop. */
final class Languages {
  private static volatile boolean loaded;

  private Languages() {}

  static Future<Void> ready() {
    if (loaded) return Future.succeededFuture();
    Context context = Vertx.currentContext();
    if (context == null) {
      Language.load();
      return Future.succeededFuture();
    }
    return context
        .<Void>executeBlocking(
            () -> {
              Language.load();
              return null;
            },
            false)
        .onSuccess(read -> loaded = true);
  }
}
