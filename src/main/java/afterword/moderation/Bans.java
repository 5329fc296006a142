package afterword.moderation;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.auth.Moderator;
import afterword.db.Database;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps people out, and turns down what they have waiting where that is asked for. */
final class Bans {
  private static final int REJECTED_AT_ONCE = 500;

  private final Database database;
  private final BanStore store = new BanStore();
  private final Decide decide;
  private final AuditStore audit;
  private final Clock clock;

  Bans(Database database, Decide decide, AuditStore audit, Clock clock) {
    this.database = database;
    this.decide = decide;
    this.audit = audit;
    this.clock = clock;
  }

  /** What was asked for. */
  record Wanted(
      int site,
      BanStore.Target target,
      boolean shadow,
      boolean holds,
      String reason,
      Optional<Instant> until,
      boolean rejectPending) {}

  /**
   * A ban and the decision that came with it.
   *
   * @param rejected how many were turned down; undo takes them back, not the ban
   * @param noticed how many were left, because a legal notice or an appeal waits for reasons
   */
  record Made(JsonObject ban, Optional<Long> decision, int rejected, int noticed) {}

  Future<Made> add(Moderator moderator, Wanted wanted) {
    Instant now = now();
    return database
        .write(
            tx ->
                store
                    .add(
                        tx,
                        wanted.site,
                        wanted.target,
                        wanted.shadow,
                        wanted.holds,
                        wanted.reason,
                        moderator.id(),
                        now,
                        wanted.until)
                    .map(found -> found.orElseThrow(Bans::noAddress))
                    .compose(
                        id ->
                            audit
                                .append(
                                    tx,
                                    new AuditEntry(
                                            wanted.site, now, moderator.actor(), "ban", "ban:" + id)
                                        .because(wanted.target.kind()))
                                .compose(audited -> rejected(tx, moderator, wanted, id, now))))
        .compose(
            done -> {
              done.told.ifPresent(told -> decide.announced(told, List.of()));
              return list(List.of(wanted.site), done.ban)
                  .map(
                      bans ->
                          new Made(
                              bans.get(0),
                              done.told
                                  .filter(told -> told.changed() > 0)
                                  .map(Decide.Told::decision),
                              done.told.map(Decide.Told::changed).orElse(0),
                              done.told.map(told -> told.refused().size()).orElse(0)));
            });
  }

  private record Done(long ban, Optional<Decide.Told> told) {}

  private Future<Done> rejected(
      SqlConnection tx, Moderator moderator, Wanted wanted, long ban, Instant now) {
    if (!wanted.rejectPending) return Future.succeededFuture(new Done(ban, Optional.empty()));
    return store
        .waiting(tx, wanted.site, ban, REJECTED_AT_ONCE)
        .compose(
            waiting -> {
              if (waiting.isEmpty()) return Future.succeededFuture(new Done(ban, Optional.empty()));
              var request = new Decide.Request(Action.REJECT, waiting, "banned", null);
              return decide
                  .decide(tx, moderator, request, now)
                  .map(told -> new Done(ban, Optional.of(told)));
            });
  }

  Future<List<JsonObject>> list(Collection<Integer> sites, Long only) {
    return database.readCurrent(client -> store.list(client, sites, clock.instant(), only));
  }

  /** False where there is none, or it has been lifted. */
  Future<Boolean> lift(Moderator moderator, PublicId id) {
    Instant now = now();
    return database.write(
        tx ->
            store
                .lift(tx, id, now)
                .compose(
                    lifted ->
                        lifted
                            ? audit
                                .append(
                                    tx,
                                    new AuditEntry(
                                        id.site(),
                                        now,
                                        moderator.actor(),
                                        "lift",
                                        "ban:" + id.row()))
                                .map(true)
                            : Future.succeededFuture(false)));
  }

  private static FailureException noAddress() {
    return FailureException.invalid(
        List.of(
            new FieldError(
                "/rangeOf",
                "unknown",
                "There is no such comment, or nothing is known of its address any more.")));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
