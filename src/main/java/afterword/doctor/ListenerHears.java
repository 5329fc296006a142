package afterword.doctor;

import afterword.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Whether what is notified on the way for work is heard on the way for listening. */
final class ListenerHears implements Check {
  private static final String CHANNEL = "afterword_doctor";
  private static final int WITHIN_SECONDS = 5;

  private final Connecting connecting;
  private final Config config;

  ListenerHears(Connecting connecting, Config config) {
    this.connecting = connecting;
    this.config = config;
  }

  @Override
  public Future<Finding> look() {
    Optional<String> url = config.listenUrl();
    if (url.isEmpty())
      return Future.succeededFuture(
          Finding.leftOut(
              "there is only a pooler: other processes' changes are asked for every 250 ms; set"
                  + " DATABASE_DIRECT_URL to hear of them at once"));
    return connecting
        .with(url.get(), this::hears)
        .otherwise(
            failed ->
                Finding.fault(
                    "cannot listen: " + failed.getMessage(),
                    "Let DATABASE_DIRECT_URL name the server itself, past any pooler."));
  }

  private Future<Finding> hears(PgConnection ear) {
    String word = UUID.randomUUID().toString();
    Promise<Void> heard = Promise.promise();
    ear.notificationHandler(
        notification -> {
          if (word.equals(notification.getPayload())) heard.tryComplete();
        });
    Future<?> notified =
        ear.query("listen " + CHANNEL)
            .execute()
            .compose(
                listening ->
                    connecting.working(
                        mouth ->
                            mouth
                                .preparedQuery("select pg_notify('" + CHANNEL + "', $1)")
                                .execute(Tuple.of(word))));
    return notified.compose(
        sent ->
            heard
                .future()
                .timeout(WITHIN_SECONDS, TimeUnit.SECONDS)
                .map(Finding.fine("heard what was notified"))
                .otherwise(
                    Finding.fault(
                        "listens, and does not hear what is notified",
                        "Let DATABASE_DIRECT_URL name the server itself: a pooler in transaction mode"
                            + " keeps no listener.")));
  }
}
