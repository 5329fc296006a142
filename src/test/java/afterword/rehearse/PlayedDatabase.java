package afterword.rehearse;

import afterword.config.DataFolder;
import afterword.db.EmbeddedPostgres;
import afterword.db.Migrations;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL that stays at one address, however often it goes away and comes back. */
final class PlayedDatabase implements AutoCloseable {
  private final DataFolder data;
  private final int forwarded;
  private volatile EmbeddedPostgres postgres;
  private volatile Optional<SocketAddress> present = Optional.empty();
  private String password;

  PlayedDatabase(Vertx vertx, Path folder) throws Exception {
    data = DataFolder.at(folder);
    forwarded = new Forwarding(vertx, () -> present).listen().await(10, TimeUnit.SECONDS);
    start();
    Migrations.migrate(postgres.ownerUrl(), postgres.serveRole());
  }

  /** Where pods find it. */
  String url() {
    String url = postgres.serviceUrl().replaceFirst(":\\d+/", ":" + forwarded + "/");
    return password == null ? url : url.replaceFirst("(//[^:]*:)[^@]*@", "$1" + password + "@");
  }

  void stop() {
    present = Optional.empty();
    postgres.close();
  }

  /** Gives when it was there, in nanoseconds. */
  long start() {
    postgres = EmbeddedPostgres.start(data);
    int port = Integer.parseInt(postgres.serviceUrl().replaceAll(".*:(\\d+)/.*", "$1"));
    present = Optional.of(SocketAddress.inetSocketAddress(port, "127.0.0.1"));
    return System.nanoTime();
  }

  /** From now on the old password opens nothing, and whoever came by it is cut. */
  void rotate(String fresh) throws SQLException {
    String role = postgres.serveRole();
    run(direct(url()), "alter role " + role + " password '" + fresh + "'");
    password = fresh;
    run(
        direct(url()),
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
            + role
            + "' and pid <> pg_backend_pid()");
  }

  /**
   * A step as a later version would bring it: it only adds, to a table that every post writes.
   *
   * @param version above all there are
   */
  void migrateTo(int version) throws SQLException {
    run(postgres.ownerUrl(), "alter table comment add column of_a_later_version text");
    run(
        postgres.ownerUrl(),
        """
        insert into flyway_schema_history
          (installed_rank, version, description, type, script, installed_by, execution_time, success)
        select max(installed_rank) + 1, '%d', 'of a later version', 'SQL', 'V%1$d__later.sql',
          current_user, 1, true
        from flyway_schema_history
        """
            .formatted(version));
  }

  /** The load is a rush, and works nothing out. */
  void askNoProofs() throws SQLException {
    run(postgres.ownerUrl(), "update site set settings = settings || '{\"proofOfWork\": \"off\"}'");
  }

  /** What was typed in every comment that is stored. */
  Set<String> sources() throws SQLException {
    var stored = new HashSet<String>();
    try (Connection connection = connect(postgres.ownerUrl());
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select source from comment")) {
      while (rows.next()) stored.add(rows.getString(1));
    }
    return stored;
  }

  @Override
  public void close() {
    postgres.close();
    data.close();
  }

  /** Past the address that is kept: that one may be refused at the moment. */
  private String direct(String url) {
    return url.replaceFirst(":\\d+/", ":" + present.orElseThrow().port() + "/");
  }

  private static void run(String url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(String url) throws SQLException {
    String[] user = url.replaceAll(".*//([^@]*)@.*", "$1").split(":", 2);
    return DriverManager.getConnection(
        url.replaceFirst("postgres(ql)?://[^@]*@", "jdbc:postgresql://"), user[0], user[1]);
  }
}
