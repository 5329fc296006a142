package afterword.cli;

import afterword.config.Config;
import afterword.config.DataFolder;
import afterword.config.Setting;
import afterword.db.EmbeddedPostgres;
import afterword.db.Migrations;
import java.util.Optional;

/** What a command stands on: complete settings and a database, of our own if no other is given. */
final class Installation implements AutoCloseable {
  private final Config config;
  private final Optional<DataFolder> folder;
  private final Optional<EmbeddedPostgres> postgres;

  private Installation(
      Config config, Optional<DataFolder> folder, Optional<EmbeddedPostgres> postgres) {
    this.config = config;
    this.folder = folder;
    this.postgres = postgres;
  }

  /**
   * For a process that serves: an embedded database is its own, and brought to the newest version.
   */
  static Installation open(Config config) {
    if (config.databaseUrl().isPresent())
      return new Installation(config, Optional.empty(), Optional.empty());
    DataFolder folder = DataFolder.open(config);
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
      var installation =
          new Installation(
              complete(
                  config,
                  folder.secret(),
                  postgres.serviceUrl(),
                  postgres.ownerUrl(),
                  postgres.serveRole()),
              Optional.of(folder),
              Optional.of(postgres));
      installation.migrate();
      return installation;
    } catch (RuntimeException failed) {
      folder.close();
      throw failed;
    }
  }

  /** For a command beside: uses the embedded database of the process that serves, if one runs. */
  static Installation join(Config config) {
    if (config.databaseUrl().isPresent()) return open(config);
    return EmbeddedPostgres.running(config.dataDir())
        .map(
            running ->
                new Installation(
                    complete(
                        config,
                        running.secret(),
                        running.serviceUrl(),
                        running.ownerUrl(),
                        running.serveRole()),
                    Optional.empty(),
                    Optional.empty()))
        .orElseGet(() -> open(config));
  }

  Config config() {
    return config;
  }

  Optional<DataFolder> folder() {
    return folder;
  }

  @Override
  public void close() {
    postgres.ifPresent(EmbeddedPostgres::close);
    folder.ifPresent(DataFolder::close);
  }

  private void migrate() {
    try {
      Migrations.migrate(config.databaseOwnerUrl().orElseThrow(), config.serveRole());
    } catch (RuntimeException failed) {
      postgres.ifPresent(EmbeddedPostgres::close);
      throw failed;
    }
  }

  private static Config complete(
      Config config, String secret, String serviceUrl, String ownerUrl, String role) {
    return config
        .with(Setting.DATABASE_URL, serviceUrl)
        .with(Setting.DATABASE_OWNER_URL, ownerUrl)
        .with(Setting.AFTERWORD_SERVE_ROLE, role)
        .with(Setting.AFTERWORD_SECRET, config.get(Setting.AFTERWORD_SECRET).orElse(secret));
  }
}
