package afterword.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a JVM can still reach, whichever collector it has, without a question to what it runs. */
public final class LiveHeap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  private LiveHeap() {}

  /** The histogram collects first. */
  public static long bytes(long pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    var total = TOTAL.matcher(said);
    if (!total.find()) throw new IllegalStateException(said);
    return Long.parseLong(total.group(1));
  }
}
