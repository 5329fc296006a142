package afterword.db;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The same on two threads at the same moment, again and again: for what must not happen between.
 */
public final class AtOnce {
  private AtOnce() {}

  public static void onEach(int times, IntConsumer work) {
    var together = new CyclicBarrier(2);
    Runnable one =
        () -> {
          for (int n = 0; n < times; n++) {
            if (n % 100 == 0) meet(together);
            work.accept(n);
          }
        };
    CompletableFuture.allOf(CompletableFuture.runAsync(one), CompletableFuture.runAsync(one))
        .join();
  }

  private static void meet(CyclicBarrier together) {
    try {
      together.await(30, TimeUnit.SECONDS);
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }
}
