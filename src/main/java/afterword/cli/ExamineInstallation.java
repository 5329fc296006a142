package afterword.cli;

import afterword.config.Config;
import afterword.doctor.Examination;
import afterword.doctor.Finding;
import afterword.outbound.Names;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Says what is wrong with an installation that runs, and what to do about it. */
final class ExamineInstallation implements Command {
  /** All checks together; each has a shorter deadline of its own. */
  private static final int SECONDS = 120;

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String usage() {
    return "[--json]";
  }

  @Override
  public String help() {
    return "Looks at an installation that runs: database, schema, pooler, listener, clocks, the origins of the"
        + " sites, the public address and the mail server. Says what to do about each fault, and ends with 1 if there is one."
        + " Give it the settings of the service.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    boolean json = arguments.has("--json");
    Config config = arguments.config(env);
    Logging.configure(config);
    Map<String, Finding> findings = examine(config);
    if (json) System.out.println(asJson(findings).encodePrettily());
    else findings.forEach(ExamineInstallation::print);
    return Examination.healthy(findings) ? 0 : Commands.FAILED;
  }

  private static Map<String, Finding> examine(Config config) {
    try (var installation = Installation.join(config)) {
      Vertx vertx = Vertx.vertx();
      try {
        return new Examination(
                vertx, installation.config(), Clock.systemUTC(), Names.ofMachine(vertx))
            .run()
            .await(SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException late) {
        throw new IllegalStateException(late);
      } finally {
        vertx.close().await();
      }
    }
  }

  private static void print(String check, Finding finding) {
    System.out.printf("%-9s %-9s %s%n", finding.outcome().word(), check, finding.found());
    if (!finding.advice().isEmpty()) System.out.printf("%19s %s%n", "", finding.advice());
  }

  private static JsonObject asJson(Map<String, Finding> findings) {
    var checks = new JsonArray();
    findings.forEach(
        (check, finding) ->
            checks.add(
                new JsonObject()
                    .put("check", check)
                    .put("outcome", finding.outcome().word())
                    .put("found", finding.found())
                    .put("advice", finding.advice())));
    return new JsonObject().put("healthy", Examination.healthy(findings)).put("checks", checks);
  }
}
