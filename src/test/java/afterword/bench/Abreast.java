package afterword.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What waits more than it works, two at a time; each test then looks at what came of its own. */
public final class Abreast<T> implements AutoCloseable {
  private static final int ABREAST = 2;

  private final ExecutorService workers = Executors.newFixedThreadPool(ABREAST);
  private final Map<String, Future<T>> nameToEnd = new LinkedHashMap<>();

  /** Its turn comes in the order of these calls. */
  public void begin(String name, Callable<T> work) {
    nameToEnd.put(name, workers.submit(work));
  }

  /** Waits for it; what it failed with is thrown. */
  public T end(String name) throws Exception {
    try {
      return nameToEnd.get(name).get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) throw error;
      throw (Exception) failed.getCause();
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
