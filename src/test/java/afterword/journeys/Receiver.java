package afterword.journeys;

import static afterword.journeys.RunningService.await;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody outside who is told of comments, and keeps everything that comes. */
public final class Receiver implements AutoCloseable {
  /** One call, as it came. */
  public record Call(String id, String timestamp, String signature, Buffer body) {
    public JsonObject json() {
      return body.toJsonObject();
    }

    public String event() {
      return json().getString("type");
    }

    public JsonObject comment() {
      return json().getJsonObject("data").getJsonObject("comment");
    }
  }

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Handler<HttpServerResponse> answer = HttpServerResponse::end;

  public Receiver(Vertx vertx) {
    server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> take(request, body)))
                .listen(0, "127.0.0.1"));
  }

  private void take(HttpServerRequest request, Buffer body) {
    calls.add(
        new Call(
            request.getHeader("webhook-id"),
            request.getHeader("webhook-timestamp"),
            request.getHeader("webhook-signature"),
            body));
    answer.handle(request.response());
  }

  public void answers(Handler<HttpServerResponse> answer) {
    this.answer = answer;
  }

  public void answers(int status) {
    answers(response -> response.setStatusCode(status).end());
  }

  /** The host that the service must be allowed to call. */
  public String host() {
    return "127.0.0.1:" + server.actualPort();
  }

  public String url() {
    return "http://" + host() + "/hook";
  }

  public List<Call> calls() {
    return calls;
  }

  public List<String> events() {
    return calls.stream().map(Call::event).toList();
  }

  /** As new: nothing came, and everything is taken. */
  public void forget() {
    answers(HttpServerResponse::end);
    calls.clear();
  }

  @Override
  public void close() {
    await(server.close());
  }
}
