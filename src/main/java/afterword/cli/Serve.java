package afterword.cli;

import afterword.config.Config;
import java.util.Map;

/** Serves until it is told to stop. */
final class Serve implements Command {
  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String help() {
    return "Serves readers and moderators until it is stopped. With DATABASE_URL the schema must be there"
        + " (afterword migrate); while the database is away it keeps trying.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    Config config = Ports.settle(arguments.config(env));
    Logging.configure(config);
    return Running.untilStopped(
        config,
        running -> {
          System.out.println("Afterword serves at " + running.config().publicBaseUrl());
          System.out.println(
              "Health and metrics: http://localhost:"
                  + running.config().managementPort()
                  + "/readyz and /metrics");
        });
  }
}
