package afterword.bench;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** What belongs to figures that somebody else is to believe. */
public final class Measured {
  private Measured() {}

  /** The figures with the commit and the machine they are of. */
  public static JsonObject where(JsonObject figures) {
    return new JsonObject()
        .put("figures", figures)
        .put("commit", commit())
        .put("machine", machine());
  }

  public static String commit() {
    try {
      var git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
      return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (java.io.IOException noGit) {
      return "unknown";
    }
  }

  public static String machine() {
    return "%d processors, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }
}
