package afterword.spam;

import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.events.EventStore;
import afterword.spam.ModelStore.Claim;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the models of sites follow their moderators' decisions, within seconds. Every process looks
 * what is to be done; the one that gets a site's row learns for all. Fitting has a worker of its
 * own.
 */
public final class Learner {
  private static final Logger LOG = LoggerFactory.getLogger(Learner.class);
  private static final int EVERY_MILLIS = 1_000;

  private final Vertx vertx;
  private final ModelStore store;
  private final EvidenceStore evidence;
  private final EventFeed feed;
  private final Clock clock;
  private volatile WorkerExecutor worker;
  private volatile long timer;
  private volatile boolean stopped;

  public Learner(Vertx vertx, Database database, EventStore events, EventFeed feed, Clock clock) {
    this.vertx = vertx;
    this.store = new ModelStore(database, events);
    this.evidence = new EvidenceStore(database);
    this.feed = feed;
    this.clock = clock;
  }

  public void start() {
    worker = vertx.createSharedWorkerExecutor("afterword-learning", 1);
    schedule();
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    if (worker != null) worker.close();
  }

  private void schedule() {
    if (!stopped)
      timer =
          vertx.setTimer(
              EVERY_MILLIS,
              fired ->
                  turn()
                      .onFailure(cause -> LOG.debug("learning waits for the database", cause))
                      .onComplete(done -> schedule()));
  }

  /** Looks what has happened, then learns until no model is behind that is not claimed. */
  private Future<Void> turn() {
    return store.mark().compose(marked -> learnAll());
  }

  private Future<Void> learnAll() {
    return store
        .claim(UUID.randomUUID())
        .compose(
            claim ->
                claim.isEmpty()
                    ? Future.succeededFuture()
                    : learn(claim.get()).compose(done -> learnAll()));
  }

  private Future<Void> learn(Claim claim) {
    return evidence
        .evidence(claim.site())
        .compose(all -> worker.executeBlocking(() -> anew(all, claim.digest())))
        .compose(
            learnt -> learnt.map(l -> stored(claim, l)).orElseGet(() -> store.nothingNew(claim)))
        .recover(cause -> store.letGo(claim).transform(let -> Future.failedFuture(cause)));
  }

  /** Empty where it would be the same again. Thousands of texts: not on an event loop. */
  private static Optional<Learnt> anew(Evidence all, byte[] known) {
    byte[] digest = all.digest();
    return Arrays.equals(digest, known) ? Optional.empty() : Optional.of(Learnt.from(all, digest));
  }

  private Future<Void> stored(Claim claim, Learnt learnt) {
    var changed = new Event(claim.site(), Event.Kind.MODEL_CHANGED, 0, 0, 0, 0);
    return store
        .store(claim, learnt, changed, clock.instant())
        .onSuccess(
            stored -> {
              if (stored) feed.announce(changed);
            })
        .mapEmpty();
  }
}
