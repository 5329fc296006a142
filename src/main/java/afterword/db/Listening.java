package afterword.db;

import afterword.config.Config;
import afterword.config.Setting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of its own that hears what is notified on a channel, and connects again for as
 * long as it takes. A connection that is broken without a word (half-open TCP) is noticed because
 * it does not answer, and left behind.
 */
public final class Listening {
  private static final Logger log = LoggerFactory.getLogger(Listening.class);
  private static final int CONNECT_SECONDS = 3;
  private static final int BEAT_MILLIS = 2_000;
  private static final int FIRST_RETRY_MILLIS = 50;
  private static final int LAST_RETRY_MILLIS = 5_000;

  /** What became of the connection, in order, on one context. */
  public interface Ear {
    /** It listens from now on; what was notified before may have been missed. */
    void up();

    /** It hears nothing until it is up again. */
    void down();

    void heard(String payload);
  }

  private final Vertx vertx;
  private final ConnectionSource source;
  private final String channel;
  private final Ear ear;
  private final Context context;
  private PgConnection current;
  private int failures;
  private boolean stopped;

  private Listening(Vertx vertx, ConnectionSource source, String channel, Ear ear) {
    this.vertx = vertx;
    this.source = source;
    this.channel = channel;
    this.ear = ear;
    this.context = vertx.getOrCreateContext();
  }

  /** Empty where only a pooler is known that keeps no session, so that nothing could be heard. */
  public static Optional<Listening> of(Vertx vertx, Config config, String channel, Ear ear) {
    return config
        .listenUrl()
        .map(url -> new ConnectionSource(vertx, config, named(config), Config::listenUrl, false))
        .map(source -> new Listening(vertx, source, channel, ear));
  }

  private static Setting named(Config config) {
    return config.get(Setting.DATABASE_DIRECT_URL).isPresent()
        ? Setting.DATABASE_DIRECT_URL
        : Setting.DATABASE_URL;
  }

  public void start() {
    context.runOnContext(now -> connect());
  }

  public Future<Void> stop() {
    return Future.future(
        done ->
            context.runOnContext(
                now -> {
                  stopped = true;
                  if (current != null) current.close();
                  done.complete();
                }));
  }

  private void connect() {
    if (stopped) return;
    Future<PgConnection> connecting =
        source
            .options()
            .map(options -> options.addProperty("application_name", channel))
            .compose(options -> PgConnection.connect(vertx, options));
    connecting
        .timeout(CONNECT_SECONDS, TimeUnit.SECONDS)
        .onSuccess(this::connected)
        .onFailure(
            cause -> {
              connecting.onSuccess(PgConnection::close);
              retry(cause);
            });
  }

  private void connected(PgConnection connection) {
    connection.notificationHandler(
        notification -> {
          if (connection == current) ear.heard(notification.getPayload());
        });
    connection.closeHandler(closed -> left(connection, "the connection was closed"));
    within(connection.query("listen " + channel).execute())
        .onSuccess(listens -> listens(connection))
        .onFailure(
            cause -> {
              connection.close();
              retry(cause);
            });
  }

  private void listens(PgConnection connection) {
    if (stopped) {
      connection.close();
      return;
    }
    current = connection;
    failures = 0;
    ear.up();
    beatLater(connection);
  }

  private void beatLater(PgConnection connection) {
    vertx.setTimer(BEAT_MILLIS, fired -> beat(connection));
  }

  private void beat(PgConnection connection) {
    if (connection != current) return;
    within(connection.query("select 1").execute())
        .onSuccess(alive -> beatLater(connection))
        .onFailure(cause -> left(connection, "it does not answer"));
  }

  private void left(PgConnection connection, String why) {
    if (connection != current) return;
    current = null;
    if (stopped) return;
    log.info("notifications are not heard: {}", why);
    ear.down();
    connection.close();
    retry(null);
  }

  private void retry(Throwable cause) {
    if (stopped) return;
    if (cause != null) log.debug("the listening connection failed", cause);
    long pause = Math.min(LAST_RETRY_MILLIS, (long) FIRST_RETRY_MILLIS << Math.min(failures++, 10));
    vertx.setTimer(pause, fired -> connect());
  }

  private static <T> Future<T> within(Future<T> answer) {
    return answer.timeout(BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }
}
