package afterword.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.Optional;

/**
 * What this process counts, for Prometheus: the Java machine, the database pools, and what rooms
 * add.
 */
public final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private volatile boolean traced;

  /** Collects garbage-collection pauses until the process ends. */
  @SuppressWarnings("resource")
  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  /**
   * Vert.x with its pools counted here; requests are counted by the rim, which knows what they are.
   */
  public Vertx vertx(VertxOptions options, Optional<Tracing> tracing) {
    var measured = new MicrometerMetricsOptions().setEnabled(true).setJvmMetricsEnabled(false);
    for (MetricsDomain domain : MetricsDomain.values()) {
      if (domain != MetricsDomain.NAMED_POOLS) measured.addDisabledMetricsCategory(domain);
    }
    var builder =
        Vertx.builder()
            .with(options.setMetricsOptions(measured))
            .withMetrics(new MicrometerMetricsFactory(registry));
    tracing.ifPresent(asked -> builder.withTracer(asked.factory()));
    traced = tracing.isPresent();
    return builder.build();
  }

  boolean traced() {
    return traced;
  }

  public MeterRegistry registry() {
    return registry;
  }

  String scrape() {
    return registry.scrape();
  }
}
