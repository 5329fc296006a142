package afterword.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** PostgreSQL's own load generator, running one prepared statement with these parameters. */
final class Pgbench {
  private static final Pattern RATE = Pattern.compile("tps = ([\\d.]+)");

  private Pgbench() {}

  static void require() {
    if (!isThere()) throw new MissingProgram("pgbench", "postgresql-contrib");
  }

  static boolean isThere() {
    try {
      return new ProcessBuilder("pgbench", "--version").start().waitFor() == 0;
    } catch (java.io.IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** Statements per second. */
  static double run(
      String url, int clients, double seconds, String sql, Map<Integer, String> parameters)
      throws Exception {
    // pgbench takes the end of a line for nothing, but a semicolon for the end of the statement.
    var variables = new java.util.TreeMap<String, String>();
    parameters.forEach((number, value) -> variables.put("p" + number, value));
    return script(url, clients, seconds, sql.replaceAll("\\$(\\d+)", ":p$1") + ";\n", variables);
  }

  /**
   * Runs of the script per second.
   *
   * @param variables that the script names with a colon
   */
  static double script(
      String url, int clients, double seconds, String text, Map<String, String> variables)
      throws Exception {
    URI address = URI.create(url);
    String[] credentials = address.getUserInfo().split(":", 2);
    Path script = Files.createTempFile("pgbench", ".sql");
    Files.writeString(script, text);
    var command = new ArrayList<>(List.of("pgbench", "-n", "-M", "prepared", "-j", "2"));
    command.addAll(List.of("-c", "" + clients, "-T", "" + Math.max(1, Math.round(seconds))));
    command.addAll(List.of("-f", script.toString(), "-h", address.getHost()));
    command.addAll(List.of("-p", "" + address.getPort(), "-U", credentials[0]));
    variables.forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
    command.add(address.getPath().substring(1));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", credentials[1]);
    var process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Files.delete(script);
    var found = RATE.matcher(said);
    if (!found.find() || said.contains("ERROR")) throw new IllegalStateException(said);
    return Double.parseDouble(found.group(1));
  }
}
