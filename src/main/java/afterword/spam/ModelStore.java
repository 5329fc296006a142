package afterword.spam;

import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table of models, one row per site, and who makes the next one. */
final class ModelStore {
  private final Database database;
  private final EventStore events;

  ModelStore(Database database, EventStore events) {
    this.database = database;
    this.events = events;
  }

  private static final String MODEL =
      "select version, weights from spam_model where site_id = $1 and version > 0";

  /** Never from a replica: it may be behind the event that said there is a new one. */
  Future<Model> model(int site) {
    return database
        .readCurrent(reads -> reads.preparedQuery(MODEL).execute(Tuple.of(site)))
        .map(
            rows -> {
              if (rows.size() == 0) return Model.SHIPPED;
              Row row = rows.iterator().next();
              return new Model(row.getLong(0), Weights.decoded(row.getBuffer(1).getBytes()));
            });
  }

  /** Says of each site on which something has happened that its model is behind. */
  private static final String MARK =
      """
      with reader as (
        select xid, event_id from reader_position
        where reader = 'spam' and exists (
          select from event
          where (event.xid, event.id) > (reader_position.xid, reader_position.event_id)
            and event.xid < pg_snapshot_xmin(pg_current_snapshot()))
        for update skip locked
      ), batch as materialized (
        select e.site_id, e.kind, e.xid, e.id
        from reader r
        cross join lateral (
          select site_id, kind, xid, id from event
          where (xid, id) > (r.xid, r.event_id) and xid < pg_snapshot_xmin(pg_current_snapshot())
          order by event.xid, event.id
          limit 5000
        ) e
      ), behind as (
        insert into spam_model as model (site_id)
        select distinct site_id from batch where kind = 'comment-changed'
        on conflict (site_id) do update set wanted = model.wanted + 1
      ), last as (
        select xid, id from batch order by batch.xid desc, batch.id desc limit 1
      )
      update reader_position set xid = last.xid, event_id = last.id from last where reader = 'spam'
      """;

  Future<Void> mark() {
    return database.write(tx -> tx.query(MARK).execute().mapEmpty());
  }

  /** A site whose model is behind, for who got it. */
  record Claim(int site, UUID by, long wanted, byte[] digest) {}

  /** Longer than learning takes; after that somebody else may. By the clock of the database. */
  private static final String CLAIM =
      """
      update spam_model set claimed_by = $1, claimed_until = clock_timestamp() + interval '1 minute'
      where site_id = (
        select site_id from spam_model
        where wanted > learned and (claimed_until is null or claimed_until < clock_timestamp())
          and (learned_at is null or learned_at < clock_timestamp() - interval '3 seconds')
        order by learned_at nulls first
        limit 1
        for update skip locked)
      returning site_id, wanted, digest
      """;

  Future<Optional<Claim>> claim(UUID by) {
    return database
        .write(tx -> tx.preparedQuery(CLAIM).execute(Tuple.of(by)))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              Row row = rows.iterator().next();
              return Optional.of(
                  new Claim(row.getInteger(0), by, row.getLong(1), row.getBuffer(2).getBytes()));
            });
  }

  private static final String STORE =
      """
      update spam_model
      set version = version + 1, weights = $4, spam = $5, good = $6, digest = $7, learned = $3,
        learned_at = clock_timestamp(), claimed_by = null, claimed_until = null
      where site_id = $1 and claimed_by = $2
      """;

  /** False where it took so long that somebody else has the claim by now. */
  Future<Boolean> store(Claim claim, Learnt learnt, Event changed, Instant now) {
    var parameters =
        Tuple.tuple()
            .addInteger(claim.site)
            .addUUID(claim.by)
            .addLong(claim.wanted)
            .addBuffer(Buffer.buffer(learnt.weights()))
            .addInteger(learnt.spam())
            .addInteger(learnt.good())
            .addBuffer(Buffer.buffer(learnt.digest()));
    return database.write(
        tx ->
            tx.preparedQuery(STORE)
                .execute(parameters)
                .compose(
                    rows ->
                        rows.rowCount() == 0
                            ? Future.succeededFuture(false)
                            : events.append(tx, changed, now).map(true)));
  }

  private static final String NOTHING_NEW =
      """
      update spam_model
      set learned = $3, learned_at = clock_timestamp(), claimed_by = null, claimed_until = null
      where site_id = $1 and claimed_by = $2
      """;

  /** The decisions are the ones that the model is made of already. */
  Future<Void> nothingNew(Claim claim) {
    return database.write(
        tx ->
            tx.preparedQuery(NOTHING_NEW)
                .execute(Tuple.of(claim.site, claim.by, claim.wanted))
                .mapEmpty());
  }

  private static final String LET_GO =
      """
      update spam_model set claimed_by = null, claimed_until = null where site_id = $1 and claimed_by = $2
      """;

  Future<Void> letGo(Claim claim) {
    return database.write(tx -> letGo(tx, claim));
  }

  private static Future<Void> letGo(SqlConnection tx, Claim claim) {
    return tx.preparedQuery(LET_GO).execute(Tuple.of(claim.site, claim.by)).mapEmpty();
  }
}
