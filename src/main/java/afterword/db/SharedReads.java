package afterword.db;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Whoever asks the same while an answer is under way gets that answer, on the own context. */
public final class SharedReads<K, T> {
  private final Map<K, Promise<T>> running = new ConcurrentHashMap<>();

  /**
   * What is kept is there before the next may ask, who looks for it once more.
   *
   * @param kept looks for an answer that somebody else has got meanwhile
   * @param keep is given the answer, unless what was asked about may have changed meanwhile
   */
  public Future<T> ask(
      K key, Supplier<Optional<T>> kept, Supplier<Future<T>> question, Consumer<T> keep) {
    Promise<T> mine = Promise.promise();
    Promise<T> first = running.putIfAbsent(key, mine);
    if (first != null) return onCallersContext(first.future());
    Optional<T> present = kept.get();
    if (present.isPresent()) {
      running.remove(key, mine);
      mine.complete(present.get());
      return mine.future();
    }
    question
        .get()
        .onComplete(
            result -> {
              running.computeIfPresent(
                  key,
                  (asked, holder) -> {
                    if (holder != mine) return holder;
                    if (result.succeeded()) keep.accept(result.result());
                    return null;
                  });
              mine.handle(result);
            });
    return mine.future();
  }

  /** Something changed: who asks from now on asks anew. */
  public void outdate() {
    running.clear();
  }

  private static <T> Future<T> onCallersContext(Future<T> shared) {
    Context caller = Vertx.currentContext();
    if (caller == null) return shared;
    Promise<T> own = Promise.promise();
    shared.onComplete(result -> caller.runOnContext(now -> own.handle(result)));
    return own.future();
  }
}
