package afterword.cli;

import afterword.config.Config;
import afterword.db.Migrations;
import java.util.Map;

/** Brings the database to the version that this program needs. */
final class Migrate implements Command {
  @Override
  public String name() {
    return "migrate";
  }

  @Override
  public String help() {
    return "Brings the database to the version that this program needs. Several may run at once; an"
        + " embedded database is migrated whenever it starts.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    Config config = arguments.config(env);
    Logging.configure(config);
    if (config.databaseOwnerUrl().isPresent()) return migrate(config);
    try (var installation = Installation.join(config)) {
      return migrate(installation.config());
    }
  }

  private static int migrate(Config config) {
    int applied = Migrations.migrate(config.databaseOwnerUrl().orElseThrow(), config.serveRole());
    System.out.println(
        "The schema is at version "
            + Migrations.requiredVersion()
            + ", "
            + applied
            + " steps were applied.");
    return 0;
  }
}
