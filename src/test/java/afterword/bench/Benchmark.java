package afterword.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * One program of {@code bin/bench}: measures the product and its limit side by side. The benchmark
 * "read" is the class {@code ReadBench} beside this one, with a constructor without arguments.
 */
interface Benchmark {
  /** Where "--docs" writes what was measured. */
  default Path document() {
    return Path.of("docs/performance.md");
  }

  /** What it writes there. */
  default List<String> markdown(Run run) {
    return run.markdown();
  }

  /**
   * Measures, saying with {@link Run#say} what it does, and states every figure it is there for.
   */
  void measure(Run run) throws Exception;

  /** Whether it can only run where there is a Chromium. */
  default boolean inBrowser() {
    return false;
  }
}
