package afterword.notify;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.auth.Moderator;
import afterword.db.Database;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.PublicId;
import afterword.model.Site;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the owners of a site do with its webhooks; each change is audited. */
final class Webhooks {
  static final int MOST = 20;

  /** How long a former secret still signs, beside the new one. */
  static final Duration BOTH_FOR = Duration.ofDays(1);

  private final Database database;
  private final WebhookStore webhooks;
  private final DeliveryStore deliveries;
  private final Secrets secrets;
  private final AuditStore audit;
  private final Clock clock;
  private final SecureRandom random;
  private final Runnable due;

  /**
   * @param due is run when there is something to send
   */
  Webhooks(
      Database database,
      WebhookStore webhooks,
      DeliveryStore deliveries,
      Secrets secrets,
      AuditStore audit,
      Clock clock,
      SecureRandom random,
      Runnable due) {
    this.database = database;
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    this.due = due;
  }

  /**
   * What was asked for; null stays as it is.
   *
   * @param events words of {@link Happening}
   */
  record Wanted(String url, List<String> events, Boolean enabled) {}

  /** With the secret, which is shown this once. */
  record Made(WebhookStore.Listed webhook, String secret) {}

  Future<List<WebhookStore.Listed>> list(Site site) {
    return database.readCurrent(client -> webhooks.list(client, site.id(), null, now()));
  }

  Future<Made> add(Moderator moderator, Site site, Wanted wanted) {
    byte[] secret = Signature.newSecret(random);
    return database.write(
        tx ->
            webhooks
                .nextId(tx)
                .compose(id -> add(tx, moderator, site, wanted, id, secret).map(id))
                .compose(id -> find(tx, site, id))
                .map(webhook -> new Made(webhook, Signature.spelled(secret))));
  }

  private Future<Void> add(
      SqlConnection tx, Moderator moderator, Site site, Wanted wanted, long id, byte[] secret) {
    byte[] sealed = secrets.seal(site.id(), id, secret);
    return webhooks
        .add(tx, site.id(), id, wanted.url, wanted.events, sealed, moderator.id(), now(), MOST)
        .compose(
            added ->
                added
                    ? note(tx, moderator, site, "webhook-added", id)
                    : Future.failedFuture(conflict("A site has at most " + MOST + " webhooks.")));
  }

  Future<WebhookStore.Listed> change(Moderator moderator, Site site, long id, Wanted wanted) {
    return database.write(
        tx ->
            webhooks
                .change(tx, site.id(), id, wanted.url, wanted.events, wanted.enabled)
                .compose(Webhooks::must)
                .compose(
                    changed ->
                        Boolean.FALSE.equals(wanted.enabled)
                            ? deliveries.giveUp(tx, site.id(), id)
                            : Future.succeededFuture())
                .compose(done -> note(tx, moderator, site, "webhook-changed", id))
                .compose(noted -> find(tx, site, id)));
  }

  Future<Void> remove(Moderator moderator, Site site, long id) {
    return database.write(
        tx ->
            webhooks
                .remove(tx, site.id(), id)
                .compose(Webhooks::must)
                .compose(removed -> note(tx, moderator, site, "webhook-removed", id)));
  }

  /** A new secret; the present one signs too for a day, the one before it no more. */
  Future<Made> changeSecret(Moderator moderator, Site site, long id) {
    byte[] secret = Signature.newSecret(random);
    byte[] sealed = secrets.seal(site.id(), id, secret);
    return database.write(
        tx ->
            webhooks
                .changeSecret(tx, site.id(), id, sealed, now().plus(BOTH_FOR))
                .compose(Webhooks::must)
                .compose(changed -> note(tx, moderator, site, "webhook-secret-changed", id))
                .compose(noted -> find(tx, site, id))
                .map(webhook -> new Made(webhook, Signature.spelled(secret))));
  }

  /** The id of a delivery that only says that it is there. */
  Future<PublicId> ping(Site site, long id) {
    return database
        .write(
            tx ->
                find(tx, site, id)
                    .compose(
                        webhook ->
                            webhook.enabled()
                                ? deliveries.ping(tx, site.id(), id, now())
                                : Future.failedFuture(conflict("Switch the webhook on first."))))
        .onSuccess(made -> due.run());
  }

  /** Sends a delivery again that was finished, whatever came of it. */
  Future<Void> redeliver(Moderator moderator, PublicId id) {
    return database
        .write(
            tx ->
                deliveries
                    .again(tx, id, now())
                    .compose(
                        webhook ->
                            webhook.isEmpty()
                                ? Future.<Void>failedFuture(
                                    conflict(
                                        "It waits already, is forgotten, or its webhook is switched off."))
                                : audit.append(tx, redelivered(moderator, id, webhook.get()))))
        .onSuccess(again -> due.run());
  }

  private AuditEntry redelivered(Moderator moderator, PublicId id, long webhook) {
    return new AuditEntry(
        id.site(), now(), moderator.actor(), "webhook-redelivered", "webhook:" + webhook);
  }

  private Future<WebhookStore.Listed> find(SqlConnection tx, Site site, long id) {
    return webhooks
        .list(tx, site.id(), id, now())
        .map(found -> found.stream().findFirst().orElseThrow(Webhooks::missing));
  }

  private Future<Void> note(
      SqlConnection tx, Moderator moderator, Site site, String action, long id) {
    var entry = new AuditEntry(site.id(), now(), moderator.actor(), action, "webhook:" + id);
    return audit.append(tx, entry);
  }

  private static Future<Void> must(boolean there) {
    return there ? Future.succeededFuture() : Future.failedFuture(missing());
  }

  static FailureException missing() {
    return FailureException.notFound("There is no such webhook, or it is not yours.");
  }

  private static FailureException conflict(String detail) {
    return new FailureException(new Failure.Conflict(Problem.CONFLICT, detail));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
