package afterword.cli;

import afterword.config.Config;
import afterword.config.ConfigException;
import afterword.config.DataFolder;
import afterword.config.Setting;
import afterword.demo.Demo;
import afterword.demo.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Shows everything at once: an article on another site, its thread, a moderator with a queue. */
final class RunDemo implements Command {
  private static final String LOOPBACK = "127.0.0.1";

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String help() {
    return "Serves an article on another origin with a living thread under it and a queue for its moderator,"
        + " on an embedded database. What happens there is kept for the next start, or not with --ephemeral.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    Config config = settled(arguments.config(env));
    Logging.configure(config);
    config.readyFile().ifPresent(RunDemo::forget);
    System.out.println("Starting a database in " + config.dataDir());
    return Running.untilStopped(config, RunDemo::open);
  }

  private static void open(Running running) {
    Config config = running.config();
    DataFolder folder = running.folder().orElseThrow();
    System.out.println("Setting up the site, its moderator and the first comments");
    var moderators = AddModerator.moderators(running.vertx(), config, running.service().database());
    var demo =
        new Demo(
            running.vertx(),
            config,
            running.service().database(),
            moderators,
            folder,
            Clock.systemUTC());
    Ready ready = running.within(demo.open(), "setting the demo up");
    System.out.print(ready.text(folder.path(), folder.isEphemeral()));
    System.out.flush();
    config.readyFile().ifPresent(ready::write);
  }

  /** For this machine alone unless told otherwise, and never on a database that others may need. */
  private static Config settled(Config config) {
    if (config.databaseUrl().isPresent()) {
      throw new ConfigException("The demo brings its own database: start it without DATABASE_URL");
    }
    Config local =
        Ports.settle(
            config
                .withDefault(Setting.HTTP_HOST, LOOPBACK)
                .withDefault(Setting.MANAGEMENT_HOST, LOOPBACK)
                .withDefault(Setting.AFTERWORD_LOG_LEVEL, "warn"));
    return Ports.settle(local, Setting.AFTERWORD_HOST_PAGE_PORT, LOOPBACK, local.hostPagePort());
  }

  /** One of an earlier start would be believed. */
  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException unwritable) {
      throw new ConfigException("The ready file " + file + " cannot be written");
    }
  }
}
