package afterword.doctor;

import afterword.db.Migrations;
import io.vertx.core.Future;

/** Whether the schema is what this program needs. */
final class SchemaFits implements Check {
  private final Connecting connecting;

  SchemaFits(Connecting connecting) {
    this.connecting = connecting;
  }

  @Override
  public Future<Finding> look() {
    return connecting
        .working(Migrations::misfit)
        .map(
            misfit ->
                misfit.isEmpty()
                    ? Finding.fine("at version " + Migrations.requiredVersion() + " or newer")
                    : Finding.fault(
                        misfit,
                        "Run \"afterword migrate\" with DATABASE_OWNER_URL; processes wait for it."));
  }
}
