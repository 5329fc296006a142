package afterword.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.util.function.DoubleSupplier;

/**
 * Counts open streams, and those closed because their readers did not read. To be held on to: the
 * counter knows it by a weak reference only.
 */
public final class LiveMetrics {
  private final DoubleSupplier dropped;

  public LiveMetrics(Metrics metrics, DoubleSupplier open, DoubleSupplier dropped) {
    this.dropped = dropped;
    Gauge.builder("afterword.live.streams", open::getAsDouble)
        .description("Open streams of what happens on a page")
        .register(metrics.registry());
    FunctionCounter.builder("afterword.live.dropped", this, all -> all.dropped.getAsDouble())
        .description("Streams closed because their readers did not read")
        .register(metrics.registry());
  }
}
