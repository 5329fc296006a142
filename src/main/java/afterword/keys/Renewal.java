package afterword.keys;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * After a change of the secret, what is stored under a former one is brought under the newest when
 * its owner shows up, so that every other statement looks for one hash only.
 */
public final class Renewal {
  private Renewal() {}

  /**
   * @param sql an update with $1, the newest hash, and $2, the former ones; not asked while there
   *     are none
   */
  public static Future<Void> of(SqlClient client, String sql, Hashes hashes) {
    if (hashes.former().isEmpty()) return Future.succeededFuture();
    return client
        .preparedQuery(sql)
        .execute(
            Tuple.tuple()
                .addBuffer(Buffer.buffer(hashes.newest()))
                .addArrayOfBuffer(former(hashes)))
        .mapEmpty();
  }

  public static Buffer[] former(Hashes hashes) {
    return hashes.former().stream().map(Buffer::buffer).toArray(Buffer[]::new);
  }
}
