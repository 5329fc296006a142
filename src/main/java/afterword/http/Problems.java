package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Problem;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever went wrong into an RFC 9457 problem. The only class that knows what a failure
 * means in HTTP. To be the failure handler of every router: without it, vertx-web answers a body
 * that breaks off with 200.
 */
public final class Problems implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final String publicBaseUrl;

  public Problems(String publicBaseUrl) {
    this.publicBaseUrl = publicBaseUrl;
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) return;
    Answer answer = answerTo(ctx);
    if (response.headWritten()) {
      ctx.request().connection().close();
      return;
    }
    answer.headers().forEach(response::putHeader);
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
    if (answer.close()) response.putHeader(HttpHeaders.CONNECTION, "close");
    response.end(body(ctx, answer).toBuffer()).onComplete(sent -> closeAfter(ctx, answer));
    if (answer.close()) sendNow(ctx);
  }

  /**
   * Vert.x closes a connection it cannot decode right after this, and forgets what is not flushed.
   */
  private static void sendNow(RoutingContext ctx) {
    if (ctx.request().connection() instanceof VertxConnection connection) connection.flush();
  }

  /**
   * A body that is still on its way is read to its end or its deadline, and dropped: closing at
   * once would reset the connection before the client has read why.
   */
  private static void closeAfter(RoutingContext ctx, Answer answer) {
    if (answer.close()) ctx.request().connection().close();
  }

  private Answer answerTo(RoutingContext ctx) {
    Throwable cause = ctx.failure();
    if (cause instanceof FailureException known) return answerTo(known.failure());
    if (cause instanceof DecoderException || ctx.statusCode() < 400)
      return unreadable(Answer.CLOSE);
    if (cause instanceof HttpException http) return ofStatus(http.getStatusCode());
    if (cause == null) return ofStatus(ctx.statusCode());
    if (ctx.statusCode() < 500) return ofStatus(ctx.statusCode());
    LOG.atError()
        .addKeyValue("request", RequestId.of(ctx))
        .setCause(cause)
        .log("unexpected failure");
    return new Answer(500, Problem.INTERNAL, "Internal error. Nothing you did; try again later.");
  }

  /** For pages that say in their own words what went wrong. */
  public static int statusOf(Failure failure) {
    return answerTo(failure).status();
  }

  public static Optional<String> retryAfter(Failure failure) {
    return Optional.ofNullable(answerTo(failure).headers().get("Retry-After"));
  }

  private static Answer answerTo(Failure failure) {
    String detail = failure.detail();
    if (failure instanceof Failure.Unreadable f) {
      return new Answer(400, Problem.UNREADABLE, detail).with("errors", errors(f.errors()));
    } else if (failure instanceof Failure.Invalid f) {
      return new Answer(422, Problem.INVALID, detail).with("errors", errors(f.errors()));
    } else if (failure instanceof Failure.Nudge f) {
      var members = new HashMap<String, Object>(f.members());
      members.put("errors", errors(f.errors()));
      return new Answer(422, Problem.NUDGE, detail).with(members);
    } else if (failure instanceof Failure.Unauthenticated f) {
      return new Answer(401, f.problem(), detail).header("WWW-Authenticate", "Bearer");
    } else if (failure instanceof Failure.Refused f) {
      return new Answer(
          f.problem() == Problem.IDEMPOTENCY_KEY_REUSED ? 422 : 403, f.problem(), detail);
    } else if (failure instanceof Failure.NotFound) {
      return new Answer(404, Problem.NOT_FOUND, detail);
    } else if (failure instanceof Failure.MethodNotAllowed f) {
      return new Answer(405, Problem.METHOD_NOT_ALLOWED, detail).header("Allow", f.allow());
    } else if (failure instanceof Failure.Conflict f) {
      return new Answer(409, f.problem(), detail);
    } else if (failure instanceof Failure.Stale f) {
      return new Answer(412, Problem.STALE, detail).with(f.current());
    } else if (failure instanceof Failure.TooLarge) {
      return new Answer(413, Problem.TOO_LARGE, detail);
    } else if (failure instanceof Failure.UnsupportedMedia) {
      return new Answer(415, Problem.UNSUPPORTED_MEDIA, detail);
    } else if (failure instanceof Failure.Required f) {
      return new Answer(428, f.problem(), detail).with(f.members());
    } else if (failure instanceof Failure.TooMany f) {
      return new Answer(429, Problem.TOO_MANY, detail).retryAfter(f.retryAfterSeconds());
    } else if (failure instanceof Failure.Unavailable f) {
      return new Answer(503, Problem.UNAVAILABLE, detail).retryAfter(f.retryAfterSeconds());
    } else if (failure instanceof Failure.TimedOut) {
      return new Answer(408, Problem.TIMED_OUT, detail).closing();
    }
    throw new IllegalStateException("a failure without a status: " + failure);
  }

  /** What vertx-web itself failed with. */
  private static Answer ofStatus(int status) {
    return switch (status) {
      case 404 -> new Answer(404, Problem.NOT_FOUND, "There is nothing at this address.");
      case 408 ->
          new Answer(408, Problem.TIMED_OUT, "The request took too long to arrive.").closing();
      case 413 ->
          new Answer(413, Problem.TOO_LARGE, "The body is larger than this address accepts.");
      case 415 ->
          new Answer(415, Problem.UNSUPPORTED_MEDIA, "This content type is not understood.");
      case 503 -> new Answer(503, Problem.UNAVAILABLE, "Not possible right now.").retryAfter(2);
      default ->
          status < 500
              ? unreadable(!Answer.CLOSE)
              : new Answer(500, Problem.INTERNAL, "Internal error.");
    };
  }

  private static Answer unreadable(boolean close) {
    var answer = new Answer(400, Problem.UNREADABLE, "The request is not valid HTTP or broke off.");
    return close ? answer.closing() : answer;
  }

  private JsonObject body(RoutingContext ctx, Answer answer) {
    var body =
        new JsonObject()
            .put("type", publicBaseUrl + "/problems/" + answer.problem().slug())
            .put("title", answer.problem().title())
            .put("status", answer.status())
            .put("detail", answer.detail())
            .put("instance", RequestId.of(ctx));
    answer.members().forEach(body::put);
    return body;
  }

  private static JsonArray errors(List<FieldError> errors) {
    var array = new JsonArray();
    for (FieldError error : errors) {
      array.add(
          new JsonObject()
              .put("pointer", error.pointer())
              .put("code", error.code())
              .put("detail", error.detail()));
    }
    return array;
  }

  /**
   * What goes out: status, problem, more members, more headers, and whether that was all on this
   * connection.
   */
  private record Answer(
      int status,
      Problem problem,
      String detail,
      Map<String, ?> members,
      Map<String, String> headers,
      boolean close) {
    static final boolean CLOSE = true;

    Answer(int status, Problem problem, String detail) {
      this(status, problem, detail, Map.of(), Map.of(), false);
    }

    Answer with(String name, Object value) {
      return with(Map.of(name, value));
    }

    Answer with(Map<String, ?> more) {
      return new Answer(status, problem, detail, more, headers, close);
    }

    Answer header(String name, String value) {
      return new Answer(status, problem, detail, members, Map.of(name, value), close);
    }

    Answer retryAfter(long seconds) {
      return header("Retry-After", Long.toString(Math.max(1, seconds)));
    }

    Answer closing() {
      return new Answer(status, problem, detail, members, headers, true);
    }
  }
}
