package afterword.db;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;

/** Tells whether a connection stays with one session of the server, or is lent one each time. */
public final class SessionKeeping {
  private static final String WHO = "select pg_backend_pid()";

  /** Behind a pooler that is busy, one try may meet the same session by chance. */
  private static final int TRIES = 5;

  private SessionKeeping() {}

  /** False behind a pooler that lends sessions by transaction. */
  public static Future<Boolean> of(PgConnection first, PgConnection second) {
    return session(first)
        .compose(
            session ->
                // The server itself names the session when it is connected to; a pooler makes a
                // name up.
                session == first.processId()
                    ? Future.succeededFuture(true)
                    : keeps(first, second, TRIES));
  }

  private static Future<Boolean> keeps(PgConnection first, PgConnection second, int tries) {
    return keepsOnce(first, second)
        .compose(
            kept ->
                !kept || tries == 1
                    ? Future.succeededFuture(kept)
                    : keeps(first, second, tries - 1));
  }

  /** While the second holds what the first was just lent, the first is lent another one. */
  private static Future<Boolean> keepsOnce(PgConnection first, PgConnection second) {
    return session(first)
        .compose(
            before ->
                second
                    .begin()
                    .compose(
                        held ->
                            session(second)
                                .compose(other -> session(first).map(before::equals))
                                .eventually(held::rollback)));
  }

  private static Future<Integer> session(PgConnection connection) {
    return connection.query(WHO).execute().map(rows -> rows.iterator().next().getInteger(0));
  }
}
