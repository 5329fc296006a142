package afterword.notify;

import afterword.comment.CommentReader;
import afterword.notify.DeliveryStore.Due;
import afterword.outbound.Answer;
import afterword.outbound.Call;
import afterword.outbound.Outbound;
import afterword.outbound.OutboundException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Sends deliveries that are due, a few at once; looks twice a second, and whenever one has ended.
 * Every process does it; each attempt is made by one. What was sent may be sent again, under the
 * same id, if the process dies before it has noted the answer.
 */
final class Deliverer {
  private static final int EVERY_MILLIS = 500;
  private static final int AT_ONCE = 16;
  private static final int OF_EACH_WEBHOOK = 4;
  private static final int GONE = 410;

  /** Longer than any attempt can take. */
  private static final Duration LOST_AFTER = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final DeliveryStore deliveries;
  private final CommentReader comments;
  private final Secrets secrets;
  private final Outbound outbound;
  private final Clock clock;
  private final SecureRandom random;
  private final Consumer<String> results;
  private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean beginning = new AtomicBoolean();
  private volatile long timer;
  private volatile boolean stopped;

  private record Attempt(Due due, Future<Void> end) {}

  /**
   * @param results is told the word of each attempt's result
   */
  Deliverer(
      Vertx vertx,
      DeliveryStore deliveries,
      CommentReader comments,
      Secrets secrets,
      Outbound outbound,
      Clock clock,
      SecureRandom random,
      Consumer<String> results) {
    this.vertx = vertx;
    this.deliveries = deliveries;
    this.comments = comments;
    this.secrets = secrets;
    this.outbound = outbound;
    this.clock = clock;
    this.random = random;
    this.results = results;
  }

  void start() {
    timer = vertx.setPeriodic(EVERY_MILLIS, fired -> wake());
  }

  /** Where something is due now; else it is found within half a second. */
  void wake() {
    if (stopped || !beginning.compareAndSet(false, true)) return;
    begin().onComplete(begun -> beginning.set(false));
  }

  /** Begins no more; succeeds when those under way have ended. */
  Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return Future.join(underWay.stream().map(Attempt::end).toList())
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /**
   * @return how many attempts were begun
   */
  Future<Integer> begin() {
    int free = AT_ONCE - underWay.size();
    if (free <= 0) return Future.succeededFuture(0);
    Instant now = clock.instant();
    return deliveries
        .claim(now, now.plus(LOST_AFTER), free, OF_EACH_WEBHOOK, busy())
        .map(
            claimed -> {
              claimed.forEach(this::attempt);
              return claimed.size();
            });
  }

  /** Webhooks that are being sent as much at once as they may. */
  private List<Long> busy() {
    var webhooks = underWay.stream().map(attempt -> attempt.due.target().id()).toList();
    return webhooks.stream()
        .distinct()
        .filter(one -> webhooks.stream().filter(one::equals).count() >= OF_EACH_WEBHOOK)
        .toList();
  }

  private void attempt(Due due) {
    Future<Void> end =
        result(due)
            .otherwise(
                cause -> Result.nothing(mayAgain(due), null, "the service could not send it"))
            .compose(result -> note(due, result));
    var attempt = new Attempt(due, end);
    underWay.add(attempt);
    end.onComplete(
        ended -> {
          underWay.remove(attempt);
          wake();
        });
  }

  private Future<Void> note(Due due, Result result) {
    Duration pause = Retries.pause(due.attempts(), random.nextDouble());
    return deliveries
        .finish(due, result, clock.instant(), pause)
        .onSuccess(noted -> results.accept(result.outcome().word()));
  }

  private Future<Result> result(Due due) {
    return secrets
        .open(due.target(), clock.instant())
        .compose(
            open ->
                open.isEmpty()
                    ? Future.succeededFuture(
                        Result.failed("the secret can no longer be read; make a new one"))
                    : message(due)
                        .compose(
                            message ->
                                message.isEmpty()
                                    ? Future.succeededFuture(Result.obsolete())
                                    : send(due, message.get(), open)));
  }

  /** Empty where what happened is not so any more. */
  private Future<Optional<Buffer>> message(Due due) {
    if (due.comment().isEmpty())
      return Future.succeededFuture(Optional.of(body(due, Optional.empty())));
    return comments
        .find(due.comment().get())
        .map(
            found ->
                found
                    .filter(seen -> due.happening().holds(seen.status()))
                    .map(seen -> body(due, Optional.of(seen))));
  }

  private static Buffer body(Due due, Optional<CommentReader.Seen> seen) {
    return Message.of(due.happening(), due.createdAt(), due.siteKey(), seen);
  }

  private Future<Result> send(Due due, Buffer body, List<byte[]> open) {
    String id = due.id().toString();
    long timestamp = clock.instant().getEpochSecond();
    var call =
        Call.post(due.target().url(), "application/json", body)
            .with("webhook-id", id)
            .with("webhook-timestamp", Long.toString(timestamp))
            .with("webhook-signature", Signature.of(id, timestamp, body, open));
    return outbound.send(call).map(answer -> judged(due, answer)).otherwise(why -> lost(due, why));
  }

  /** Nothing of the answer is kept but its status. */
  private static Result judged(Due due, Answer answer) {
    if (answer.isSuccess()) return Result.delivered(answer.status());
    boolean again = answer.status() != GONE && mayAgain(due);
    return Result.nothing(again, answer.status(), "the receiver answered " + answer.status());
  }

  private static Result lost(Due due, Throwable cause) {
    if (!(cause instanceof OutboundException why))
      return Result.nothing(mayAgain(due), null, "no answer");
    boolean refused = why.why() == OutboundException.Why.NOT_ALLOWED;
    return Result.nothing(!refused && mayAgain(due), null, why.getMessage());
  }

  private static boolean mayAgain(Due due) {
    return due.attempts() < due.attemptsAllowed();
  }
}
