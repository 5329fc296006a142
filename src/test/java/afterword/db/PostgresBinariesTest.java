package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
  private static final int AT_ONCE = 3;

  @TempDir Path cache;

  @Test
  void several_that_unpack_at_once_all_get_the_same_programs() throws Exception {
    var together = new CyclicBarrier(AT_ONCE);
    Callable<PostgresBinaries> unpack =
        () -> {
          together.await();
          return PostgresBinaries.unpack(cache);
        };
    var threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<PostgresBinaries>> unpacked = threads.invokeAll(List.of(unpack, unpack, unpack));
      for (Future<PostgresBinaries> one : unpacked) assertEquals(unpacked.get(0).get(), one.get());
      assertTrue(Files.isExecutable(Path.of(unpacked.get(0).get().program("postgres"))));
    } finally {
      threads.shutdown();
    }
    try (Stream<Path> left = Files.list(cache)) {
      assertEquals(1, left.count(), "no half-unpacked folder stays");
    }
  }
}
