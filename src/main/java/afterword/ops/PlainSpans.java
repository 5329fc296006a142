package afterword.ops;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Lets only what is named here out of the process: methods, routes, statements with their
 * placeholders, names of servers. A path or a query says who reads what, a message may repeat a
 * value, and an address is somebody's.
 */
final class PlainSpans implements SpanExporter {
  private static final Set<String> KEPT =
      Set.of(
          "http.request.method",
          "http.response.status_code",
          "http.method",
          "http.status_code",
          "http.route",
          "url.scheme",
          "network.protocol.version",
          "db.system",
          "db.system.name",
          "db.operation",
          "db.operation.name",
          "db.statement",
          "db.query.text",
          "error.type");

  private final SpanExporter exporter;

  PlainSpans(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    return exporter.export(spans.stream().<SpanData>map(Plain::new).toList());
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  private static final class Plain extends DelegatingSpanData {
    private final Attributes attributes;

    Plain(SpanData span) {
      super(span);
      attributes =
          span.getAttributes().toBuilder().removeIf(key -> !KEPT.contains(key.getKey())).build();
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }
  }
}
