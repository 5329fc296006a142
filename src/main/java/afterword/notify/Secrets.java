package afterword.notify;

import afterword.db.Database;
import afterword.keys.Sealing;
import afterword.notify.WebhookStore.Target;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens what webhooks are signed with. */
final class Secrets {
  private final Database database;
  private final WebhookStore webhooks;
  private final Sealing sealing;

  Secrets(Database database, WebhookStore webhooks, Sealing sealing) {
    this.database = database;
    this.webhooks = webhooks;
    this.sealing = sealing;
  }

  byte[] seal(int site, long webhook, byte[] secret) {
    return sealing.seal(name(site, webhook), secret);
  }

  /**
   * The present one first. Empty where it was sealed under a secret of the installation that is
   * gone. What is sealed under a former one is sealed anew.
   */
  Future<List<byte[]>> open(Target target, Instant now) {
    String name = name(target.site(), target.id());
    Optional<byte[]> present = sealing.open(name, target.secret());
    if (present.isEmpty()) return Future.succeededFuture(List.of());
    var secrets = new ArrayList<byte[]>();
    secrets.add(present.get());
    if (target.former().isPresent() && target.formerUntil().isAfter(now))
      sealing.open(name, target.former().get()).ifPresent(secrets::add);
    if (!sealing.isFormer(name, target.secret())) return Future.succeededFuture(secrets);
    byte[] anew = sealing.seal(name, present.get());
    return database.write(tx -> webhooks.sealAnew(tx, target, anew)).map(secrets);
  }

  private static String name(int site, long webhook) {
    return "webhook:" + site + ":" + webhook;
  }
}
