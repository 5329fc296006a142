package afterword.comment;

import afterword.markup.Language;
import afterword.markup.Markup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * What the first post of a process would wait for, a second and more on a busy machine: language
 * profiles, and the classes that a text goes through. Done before the process says it is ready.
 */
public final class FirstPost {
  private static final String SAMPLE =
      "Thank *you*, that is [what](https://example.org/) I was looking for.\n\n> `code`\n\n- a list";

  /** Without it posts are slower, not wrong: it never keeps a process from being ready for long. */
  private static final long SECONDS = 30;

  private FirstPost() {}

  /** Succeeds in any case. */
  public static Future<Void> prepare(Vertx vertx) {
    return vertx
        .<Void>executeBlocking(
            () -> {
              Language.load();
              Markup.render(SAMPLE);
              return null;
            },
            false)
        .timeout(SECONDS, TimeUnit.SECONDS)
        .otherwiseEmpty();
  }
}
