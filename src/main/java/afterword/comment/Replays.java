package afterword.comment;

import afterword.db.Database;
import afterword.keys.Keys;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Site;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs replays, one at a time in a process: reads a few hundred comments at once and judges them on
 * a worker of its own.
 */
final class Replays {
  /** Is told how far it has come; says whether anybody still waits for the end. */
  interface Watcher {
    boolean came(int done, int of);
  }

  private static final int AGAIN_AFTER = 5;

  private final WorkerExecutor worker;
  private final ReplayStore store;
  private final Judgement judgement = new Judgement(Scorer.NONE, Advisers.NONE);
  private final Keys keys;
  private final AtomicBoolean busy = new AtomicBoolean();

  Replays(Vertx vertx, Database database, Keys keys) {
    this.worker = vertx.createSharedWorkerExecutor("afterword-replay", 1);
    this.store = new ReplayStore(database);
    this.keys = keys;
  }

  /**
   * @param tried the site with the settings that are tried
   * @return what would change; of what was judged until nobody waited any more
   */
  Future<ReplayReport> run(Site tried, Watcher watcher) {
    if (!busy.compareAndSet(false, true))
      return Future.failedFuture(
          new FailureException(
              new Failure.Unavailable(
                  "Another replay is running. Try again in a few seconds.", AGAIN_AFTER)));
    var replay = new Replay(tried, judgement, keys);
    return store
        .extent(tried.id())
        .compose(extent -> from(extent.first(), 0, extent, replay, tried, watcher))
        .map(done -> replay.report())
        .onComplete(done -> busy.set(false));
  }

  private Future<Void> from(
      long row, int done, ReplayStore.Extent extent, Replay replay, Site tried, Watcher watcher) {
    if (!watcher.came(done, extent.count())) return Future.succeededFuture();
    return store
        .page(tried.id(), row, extent)
        .compose(
            comments ->
                comments.isEmpty()
                    ? Future.succeededFuture()
                    : judged(replay, comments)
                        .compose(
                            judged ->
                                from(
                                    comments.get(comments.size() - 1).id().row() + 1,
                                    done + comments.size(),
                                    extent,
                                    replay,
                                    tried,
                                    watcher)));
  }

  private Future<Void> judged(Replay replay, List<ReplayStore.Told> comments) {
    return worker.executeBlocking(
        () -> {
          replay.judge(comments);
          return null;
        });
  }
}
