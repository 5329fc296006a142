package afterword.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MutantsTest {
  /** They state what they find and hold it to nothing. */
  private static final Set<String> WITHOUT_LIMIT = Set.of("seed", "sizes", "sizing");

  @Test
  void every_benchmark_that_has_a_limit_has_a_product_that_breaks_it() throws Exception {
    var limited = new TreeSet<>(Bench.names());
    limited.removeAll(WITHOUT_LIMIT);

    assertEquals(List.copyOf(limited), Mutants.names());
  }
}
