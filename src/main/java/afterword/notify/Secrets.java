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
    Optional<byte[]> kept = target.former().filter(former -> target.formerUntil().isAfter(now));
    Optional<byte[]> former = kept.flatMap(bytes -> sealing.open(name, bytes));
    var secrets = new ArrayList<byte[]>(List.of(present.get()));
    former.ifPresent(secrets::add);
    boolean stale =
        sealing.isFormer(name, target.secret())
            || former.isPresent() && sealing.isFormer(name, kept.get());
    if (!stale) return Future.succeededFuture(secrets);
    byte[] anew = sealing.seal(name, present.get());
    Optional<byte[]> formerAnew = former.map(open -> sealing.seal(name, open));
    return database
        .write(tx -> webhooks.sealAnew(tx, target, anew, formerAnew.orElse(null)))
        .map(secrets);
  }

  private static String name(int site, long webhook) {
    return "webhook:" + site + ":" + webhook;
  }
}
