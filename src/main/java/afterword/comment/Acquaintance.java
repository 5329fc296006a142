package afterword.comment;

import afterword.db.Database;
import afterword.keys.Hashes;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.keys.Renewal;
import afterword.model.Site;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/**
 * After a change of the secret, people who are known under a former one are brought under the
 * newest before anything is asked about them: their trust, bans and reports stay theirs.
 */
final class Acquaintance {
  private final Database database;
  private final Keys keys;

  Acquaintance(Database database, Keys keys) {
    this.database = database;
    this.keys = keys;
  }

  private static final String RENEW =
      """
      with person as (
        update commenter set key_hash = $2
        where site_id = $1
          and id = (
            select id from commenter where site_id = $1 and key_hash = any ($3::bytea[])
            order by array_position($3, key_hash) limit 1)
          and not exists (select from commenter where site_id = $1 and key_hash = $2)
      ), reports as (
        update flag set reporter = $2
        where site_id = $1 and reporter = any ($3)
          and not exists (
            select from flag same
            where same.site_id = $1 and same.comment_id = flag.comment_id and same.reporter = $2)
      )
      update ban set range_hash = $4 where site_id = $1 and range_hash = any ($5) and lifted_at is null
      """;

  /** Asks nothing while there is one secret only. */
  Future<Void> renew(Site site, Optional<String> commenterKey, Client client) {
    if (keys.kept() == 1) return Future.succeededFuture();
    Hashes commenter =
        commenterKey
            .map(key -> keys.hashes(Purpose.COMMENTER, Integer.toString(site.id()), key))
            .orElse(new Hashes(new byte[0], List.of()));
    Hashes range = Prints.ranges(keys, site, client);
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site.id())
            .addBuffer(Buffer.buffer(commenter.newest()))
            .addArrayOfBuffer(Renewal.former(commenter))
            .addBuffer(Buffer.buffer(range.newest()))
            .addArrayOfBuffer(Renewal.former(range));
    return database.readCurrent(reads -> reads.preparedQuery(RENEW).execute(parameters)).mapEmpty();
  }

  private static final String RENEW_KEY =
      """
      update idempotency_key set key_hash = $1
      where site_id = $3 and key_hash = any ($2)
        and not exists (select from idempotency_key where site_id = $3 and key_hash = $1)
      """;

  /** So that a post that is sent again is known again. */
  Future<Void> renewKey(Site site, String idempotencyKey) {
    Hashes key = keys.hashes(Purpose.IDEMPOTENCY, Integer.toString(site.id()), idempotencyKey);
    if (key.former().isEmpty()) return Future.succeededFuture();
    Tuple parameters =
        Tuple.tuple()
            .addBuffer(Buffer.buffer(key.newest()))
            .addArrayOfBuffer(Renewal.former(key))
            .addInteger(site.id());
    return database
        .readCurrent(reads -> reads.preparedQuery(RENEW_KEY).execute(parameters))
        .mapEmpty();
  }
}
