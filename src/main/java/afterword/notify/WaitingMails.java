package afterword.notify;

import afterword.outbound.Mailer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to moderators who asked for it that comments wait: one mail over all their sites, at most
 * one in the time they chose, about what has stood for a while. Every process does it; each mail is
 * written by one. What was not taken is written again after five minutes, then after longer ones;
 * where the mail server refuses an address for good, nothing is until its owner asks anew.
 */
final class WaitingMails {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingMails.class);
  private static final int EVERY_MILLIS = 1_000;
  private static final Duration LOST_AFTER = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 8;

  /** What becomes of a mail. */
  static final String DELIVERED = "delivered";

  static final String RETRIED = "retried";
  static final String REFUSED = "refused";

  private final Vertx vertx;
  private final WaitingMailStore store;
  private final Mailer mailer;
  private final String queue;
  private final Duration grace;
  private final Clock clock;
  private final Consumer<String> results;
  private volatile Future<Void> writing = Future.succeededFuture();
  private volatile long timer;
  private volatile boolean stopped;

  /**
   * @param results is told "delivered", "retried" or "refused" of each mail
   */
  WaitingMails(
      Vertx vertx,
      WaitingMailStore store,
      Mailer mailer,
      String publicBaseUrl,
      Duration grace,
      Clock clock,
      Consumer<String> results) {
    this.vertx = vertx;
    this.store = store;
    this.mailer = mailer;
    this.queue = publicBaseUrl + "/admin";
    this.grace = grace;
    this.clock = clock;
    this.results = results;
  }

  void start() {
    if (!stopped) timer = vertx.setTimer(EVERY_MILLIS, fired -> look());
  }

  private void look() {
    if (stopped) return;
    writing = write();
    writing.onComplete(done -> start());
  }

  /** Succeeds when the mail that is being written has been taken or not. */
  Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return writing.eventually(mailer::close).otherwiseEmpty();
  }

  private Future<Void> write() {
    Instant now = clock.instant();
    Instant stood = now.minus(grace);
    return store
        .claim(now, stood, now.plus(LOST_AFTER))
        .compose(due -> Future.join(due.stream().map(one -> write(one, stood)).toList()))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private Future<Void> write(WaitingMailStore.Due due, Instant stood) {
    return store
        .waiting(due)
        .compose(waiting -> send(due, waiting))
        .compose(sent -> store.sent(due, stood, clock.instant()))
        .onSuccess(noted -> results.accept(DELIVERED))
        .recover(cause -> failed(due, cause));
  }

  private Future<Void> failed(WaitingMailStore.Due due, Throwable cause) {
    LOG.warn("a mail to a moderator was not taken: {}", cause.getMessage());
    Instant now = clock.instant();
    return cause instanceof Mailer.Refused refused
        ? store.refused(due, refused.getMessage(), now).onComplete(noted -> results.accept(REFUSED))
        : store
            .failed(due, now.plus(waitAfter(due.failures())))
            .onComplete(noted -> results.accept(RETRIED));
  }

  /** Five minutes, doubled with each failure in a row, up to a day. */
  static Duration waitAfter(int failures) {
    return LOST_AFTER.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
  }

  /** What waited may have been decided on meanwhile. */
  private Future<Void> send(WaitingMailStore.Due due, List<WaitingMailStore.Waiting> waiting) {
    if (waiting.isEmpty()) return Future.succeededFuture();
    int comments = waiting.stream().mapToInt(WaitingMailStore.Waiting::comments).sum();
    return mailer.send(
        due.email(),
        WaitingMailText.subject(due.language(), comments),
        WaitingMailText.body(due.language(), waiting, queue));
  }
}
