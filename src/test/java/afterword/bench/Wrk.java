package afterword.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's wrk as the one who asks; it costs less of the machine than anything we could write. */
final class Wrk {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final Pattern P50 = Pattern.compile("50%\\s+([\\d.]+)(us|ms|s)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");

  private Wrk() {}

  static void require() {
    if (!isThere()) throw new MissingProgram("wrk", "wrk");
  }

  static boolean isThere() {
    try {
      return new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start().waitFor() >= 0;
    } catch (java.io.IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /**
   * @param lua a script, or empty
   */
  static Load.Answer run(
      String url, int connections, double seconds, List<String> headers, String lua)
      throws Exception {
    var command = new ArrayList<>(List.of("wrk", "-t", "1", "--latency", "--timeout", "30s"));
    command.addAll(List.of("-c", "" + connections, "-d", Math.max(1, Math.round(seconds)) + "s"));
    for (String header : headers) command.addAll(List.of("-H", header));
    Path script = Files.createTempFile("wrk", ".lua");
    Files.writeString(script, lua);
    if (!lua.isEmpty()) command.addAll(List.of("-s", script.toString()));
    command.add(url);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Files.delete(script);
    if (said.contains("Non-2xx or 3xx") || said.contains("Socket errors"))
      throw new IllegalStateException(said);
    return new Load.Answer(number(RATE, said), millis(P50, said), millis(P99, said));
  }

  private static double number(Pattern pattern, String said) {
    Matcher found = pattern.matcher(said);
    if (!found.find()) throw new IllegalStateException(said);
    return Double.parseDouble(found.group(1));
  }

  private static double millis(Pattern pattern, String said) {
    Matcher found = pattern.matcher(said);
    if (!found.find()) throw new IllegalStateException(said);
    double value = Double.parseDouble(found.group(1));
    return switch (found.group(2)) {
      case "us" -> value / 1_000;
      case "ms" -> value;
      default -> value * 1_000;
    };
  }
}
