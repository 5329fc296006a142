package afterword.doctor;

import afterword.config.Config;
import afterword.db.SessionKeeping;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;

/**
 * Whether what is between here and the server is what AFTERWORD_DATABASE_POOLER says, and the role
 * has the deadlines that a pooler does not pass on.
 */
final class PoolerAsSaid implements Check {
  private static final String DEADLINES =
      """
      select current_setting('statement_timeout') <> '0'
        and current_setting('lock_timeout') <> '0'
        and current_setting('idle_in_transaction_session_timeout') <> '0'
      """;

  private final Connecting connecting;
  private final Config config;

  PoolerAsSaid(Connecting connecting, Config config) {
    this.connecting = connecting;
    this.config = config;
  }

  @Override
  public Future<Finding> look() {
    return connecting.working(
        first ->
            connecting.working(
                second -> SessionKeeping.of(first, second).compose(kept -> judge(first, kept))));
  }

  private Future<Finding> judge(PgConnection connection, boolean sessionsKept) {
    boolean said = config.behindTransactionPooler();
    if (!sessionsKept && !said)
      return Future.succeededFuture(
          Finding.fault(
              "DATABASE_URL leads to a pooler in transaction mode, and nothing says so",
              "Set AFTERWORD_DATABASE_POOLER=transaction, and DATABASE_DIRECT_URL to the server itself."));
    if (sessionsKept && said)
      return Future.succeededFuture(
          Finding.fault(
              "AFTERWORD_DATABASE_POOLER=transaction, but sessions are kept: there is no such pooler",
              "Take the setting away, or let DATABASE_URL name the pooler: it costs speed for nothing."));
    if (sessionsKept) return Future.succeededFuture(Finding.fine("none, as said"));
    return connection
        .query(DEADLINES)
        .execute()
        .map(rows -> rows.iterator().next().getBoolean(0))
        .map(
            has ->
                has
                    ? Finding.fine("in transaction mode, as said; the role has its deadlines")
                    : Finding.fault(
                        "in transaction mode, as said, but the role has no deadlines",
                        "alter role ... set statement_timeout = '2s'; the same for lock_timeout ('1s') and"
                            + " idle_in_transaction_session_timeout ('5s'): docs/operate/production.md"));
  }
}
