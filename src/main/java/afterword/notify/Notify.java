package afterword.notify;

import afterword.audit.AuditStore;
import afterword.comment.CommentReader;
import afterword.config.Config;
import afterword.db.Database;
import afterword.keys.Keys;
import afterword.keys.Sealing;
import afterword.outbound.Mailer;
import afterword.outbound.Outbound;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The room put together: one per process. */
public final class Notify {
  private final Outbox outbox;
  private final Deliverer deliverer;
  private final DeliveryExpiry expiry;
  private final Optional<WaitingMails> waitingMails;
  private final WaitingMailApi mailApi;
  private final WebhookApi webhookApi;
  private final DeliveryApi deliveryApi;

  /**
   * @param results is told the word of each result of an attempt to tell a webhook
   * @param mailed is told the word of what became of each mail
   */
  public Notify(
      Vertx vertx,
      Config config,
      Database database,
      Sites sites,
      AuditStore audit,
      Keys keys,
      Outbound outbound,
      Clock clock,
      SecureRandom random,
      Consumer<String> results,
      Consumer<String> mailed) {
    var grace = Duration.ofSeconds(config.notifyGraceSeconds());
    var deliveries = new DeliveryStore(database);
    var store = new WebhookStore();
    var secrets = new Secrets(database, store, new Sealing(keys, random));
    deliverer =
        new Deliverer(
            vertx,
            deliveries,
            new CommentReader(database),
            secrets,
            outbound,
            clock,
            random,
            results);
    outbox = new Outbox(vertx, new OutboxStore(database), grace, clock, deliverer::wake);
    var webhooks =
        new Webhooks(database, store, deliveries, secrets, audit, clock, random, deliverer::wake);
    expiry = new DeliveryExpiry(vertx, deliveries, clock);
    var mailStore = new WaitingMailStore(database);
    waitingMails =
        Mailer.of(vertx, config)
            .map(
                mailer ->
                    new WaitingMails(
                        vertx, mailStore, mailer, config.publicBaseUrl(), grace, clock, mailed));
    mailApi = new WaitingMailApi(database, mailStore, waitingMails.isPresent(), clock);
    webhookApi = new WebhookApi(sites, webhooks, outbound);
    deliveryApi = new DeliveryApi(sites, new DeliveryList(database), webhooks);
  }

  /** The words that {@code results} is told. */
  public static List<String> resultWords() {
    return Arrays.stream(Result.Outcome.values()).map(Result.Outcome::word).toList();
  }

  /** The words that {@code mailed} is told. */
  public static List<String> mailWords() {
    return List.of(WaitingMails.DELIVERED, WaitingMails.RETRIED, WaitingMails.REFUSED);
  }

  public void start() {
    outbox.start();
    deliverer.start();
    expiry.start();
    waitingMails.ifPresent(WaitingMails::start);
  }

  /** Succeeds when what is being sent has been, so that it is not sent again elsewhere. */
  public Future<Void> stop() {
    outbox.stop();
    expiry.stop();
    Future<Void> mail = waitingMails.map(WaitingMails::stop).orElseGet(Future::succeededFuture);
    return Future.join(deliverer.stop(), mail).mapEmpty();
  }

  public WaitingMailApi waitingMail() {
    return mailApi;
  }

  public WebhookApi webhooks() {
    return webhookApi;
  }

  public DeliveryApi deliveries() {
    return deliveryApi;
  }
}
