package afterword.bench;

import afterword.config.Config;
import afterword.config.DataFolder;
import afterword.db.EmbeddedPostgres;
import afterword.db.Migrations;
import afterword.db.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An embedded PostgreSQL as a user would have it, with fsync, in the folder that {@code
 * --data-dir=FOLDER} names, to be kept, or in one that is removed at the end.
 */
record BenchDatabase(DataFolder folder, EmbeddedPostgres postgres) implements AutoCloseable {
  private static final String OPTION = "--data-dir=";
  private static final Path HOME = Path.of(System.getProperty("java.io.tmpdir"), "afterword-bench");

  /** Migrated. */
  static BenchDatabase open(Run run) {
    DataFolder folder =
        run.options.stream()
            .filter(option -> option.startsWith(OPTION))
            .map(option -> DataFolder.at(Path.of(option.substring(OPTION.length()))))
            .findFirst()
            .orElseGet(() -> DataFolder.ephemeral(HOME));
    run.say("database in %s, %s", folder.path(), folder.isEphemeral() ? "to be removed" : "kept");
    var postgres = EmbeddedPostgres.start(folder);
    Migrations.migrate(postgres.ownerUrl(), postgres.serveRole());
    return new BenchDatabase(folder, postgres);
  }

  /** To ask and to change it as the owner of the schema. */
  TestDatabase asOwner() {
    return new TestDatabase(postgres.serviceUrl(), postgres.ownerUrl());
  }

  /** Of a service on it, on free ports. */
  Config config(String... flags) {
    var all = new ArrayList<>(List.of("--port=0", "--management-port=0", "--host-page-port=0"));
    all.addAll(List.of(flags));
    return Config.load(
        all,
        Map.of(
            "DATABASE_URL",
            postgres.serviceUrl(),
            "DATABASE_OWNER_URL",
            postgres.ownerUrl(),
            "AFTERWORD_SECRET",
            TestDatabase.SECRET,
            "AFTERWORD_TRUSTED_PROXIES",
            "127.0.0.0/8"));
  }

  @Override
  public void close() {
    postgres.close();
    folder.close();
  }
}
