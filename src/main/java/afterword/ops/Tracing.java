package afterword.ops;

import afterword.config.Config;
import afterword.config.ConfigException;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Traces of requests and statements for an OpenTelemetry collector, where the OTEL_* variables ask
 * for them; otherwise nothing of it is loaded.
 */
public final class Tracing implements AutoCloseable {
  private static final String HTTP = "http/protobuf";

  private final OpenTelemetrySdk sdk;

  private Tracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
  }

  public static Optional<Tracing> of(Config config) {
    Map<String, String> asked = config.telemetry();
    if (!isAsked(asked)) return Optional.empty();
    if (!asked.getOrDefault("OTEL_EXPORTER_OTLP_PROTOCOL", HTTP).equals(HTTP))
      throw new ConfigException("OTEL_EXPORTER_OTLP_PROTOCOL must be " + HTTP);
    return Optional.of(
        new Tracing(
            AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesCustomizer(given -> properties(asked))
                .addSpanExporterCustomizer((exporter, properties) -> new PlainSpans(exporter))
                .build()
                .getOpenTelemetrySdk()));
  }

  VertxTracerFactory factory() {
    return new OpenTelemetryTracingFactory(sdk);
  }

  /** Sends what it still holds. */
  @Override
  public void close() {
    sdk.close();
  }

  private static boolean isAsked(Map<String, String> variables) {
    if (Boolean.parseBoolean(variables.get("OTEL_SDK_DISABLED"))) return false;
    String exporter = variables.get("OTEL_TRACES_EXPORTER");
    if (exporter != null) return !exporter.equals("none");
    return variables.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")
        || variables.containsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
  }

  /** As the library wants them named. Metrics and logs have ways of their own. */
  private static Map<String, String> properties(Map<String, String> variables) {
    var properties = new HashMap<String, String>();
    variables.forEach(
        (name, value) -> properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
    properties.putIfAbsent("otel.service.name", "afterword");
    properties.putIfAbsent("otel.exporter.otlp.protocol", HTTP);
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    return properties;
  }
}
