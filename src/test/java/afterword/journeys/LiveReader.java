package afterword.journeys;

import static afterword.journeys.RunningService.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads a stream of server-sent events as a browser does, and remembers what came. */
final class LiveReader implements AutoCloseable {
  final List<Told> told = new CopyOnWriteArrayList<>();
  volatile String lastId = "";
  volatile String retry = "";
  volatile boolean ended;
  private final HttpClientResponse response;
  private final HttpClient client;
  private String event = "message";
  private String data = "";

  /** One event, as a listener gets it. */
  record Told(String event, String id, JsonObject data) {}

  LiveReader(Vertx vertx, int port, String path, Map<String, String> headers) {
    client = vertx.createHttpClient(new HttpClientOptions());
    var options =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(path)
            .setMethod(HttpMethod.GET);
    headers.forEach(options::putHeader);
    RecordParser lines = RecordParser.newDelimited("\n", line -> line(line.toString()));
    response = await(client.request(options).compose(request -> opened(request, lines)));
  }

  /** Set on the answer's own future: a step later, what comes with its head may be gone. */
  private Future<HttpClientResponse> opened(HttpClientRequest request, RecordParser lines) {
    Future<HttpClientResponse> opened =
        request
            .response()
            .map(
                response -> {
                  response.handler(lines);
                  response.exceptionHandler(broken -> ended = true);
                  response.endHandler(end -> ended = true);
                  return response;
                });
    return request.send().compose(sent -> opened);
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.getHeader(name);
  }

  List<String> events() {
    return told.stream().map(Told::event).filter(event -> !event.equals("count")).toList();
  }

  /** Whether that is among the last few things told. */
  boolean hasToldLast(String event, String id) {
    int size = told.size();
    for (int i = size - 1; i >= Math.max(0, size - 6); i--) {
      Told one = told.get(i);
      if (one.event().equals(event)
          && id.equals(one.data().getJsonObject("comment", one.data()).getString("id")))
        return true;
    }
    return false;
  }

  /** Where a comment was told of. */
  Told of(String id) {
    return told.stream()
        .filter(one -> id.equals(one.data().getJsonObject("comment", one.data()).getString("id")))
        .findFirst()
        .orElseThrow();
  }

  /** Ids of the comments that were told of under that name, in order. */
  List<String> ids(String event) {
    return told.stream()
        .filter(one -> one.event().equals(event))
        .map(one -> one.data().getJsonObject("comment", one.data()).getString("id"))
        .toList();
  }

  private void line(String line) {
    if (line.isEmpty()) dispatch();
    else if (line.startsWith("event: ")) event = line.substring(7);
    else if (line.startsWith("id: ")) lastId = line.substring(4);
    else if (line.startsWith("data: ")) data += line.substring(6);
    else if (line.startsWith("retry: ")) retry = line.substring(7);
  }

  private void dispatch() {
    if (!data.isEmpty()) told.add(new Told(event, lastId, new JsonObject(data)));
    event = "message";
    data = "";
  }

  @Override
  public void close() {
    await(client.close());
  }
}
