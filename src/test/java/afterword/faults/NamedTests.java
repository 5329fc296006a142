package afterword.faults;

import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs tests by name, {@code class} or {@code class#method}, and names those that failed. */
final class NamedTests {
  static final String FAILED = "FAILED ";
  static final int NONE_RAN = 3;

  /** Parts of the launcher's ids that say nothing to people. */
  private static final String NOT_NAMES =
      ".*class:(afterword\\.)?|method:|test-template:|\\(.*|\\[|\\]";

  private NamedTests() {}

  public static void main(String[] names) {
    var summary = new SummaryGeneratingListener();
    List<DiscoverySelector> selectors = Arrays.stream(names).map(NamedTests::selector).toList();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectors).build(),
            summary,
            new Failures());
    long ran = summary.getSummary().getTestsStartedCount();
    long failed = summary.getSummary().getTotalFailureCount();
    System.exit(ran + failed == 0 ? NONE_RAN : failed == 0 ? 0 : 1);
  }

  private static DiscoverySelector selector(String name) {
    return name.contains("#")
        ? DiscoverySelectors.selectMethod(name)
        : DiscoverySelectors.selectClass(name);
  }

  /** A broken start of a class is not a test that finds something; only tests count. */
  private static final class Failures implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest() && result.getStatus() == TestExecutionResult.Status.FAILED)
        System.out.println(FAILED + test.getUniqueId().replaceAll(NOT_NAMES, "").replace('/', '#'));
    }
  }
}
