package afterword.doctor;

import io.vertx.core.Future;

/** Whether there is a database at all. */
final class DatabaseAnswers implements Check {
  private static final String ASK = "select current_setting('server_version'), current_user::text";

  private final Connecting connecting;

  DatabaseAnswers(Connecting connecting) {
    this.connecting = connecting;
  }

  @Override
  public Future<Finding> look() {
    return connecting
        .working(connection -> connection.query(ASK).execute())
        .map(rows -> rows.iterator().next())
        .map(row -> "PostgreSQL " + row.getString(0) + " answers " + row.getString(1))
        .map(Finding::fine)
        .otherwise(
            failed ->
                Finding.fault(
                    "no connection: " + failed.getMessage(),
                    "Look at DATABASE_URL (host, port, password), at the network between, and at the"
                        + " server's log."));
  }
}
