package afterword.moderation;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.comment.Erasure;
import afterword.comment.ModeratorChange.Done;
import afterword.comment.RetentionStore;
import afterword.comment.RetentionStore.Texts;
import afterword.db.Database;
import afterword.db.Sweeper;
import afterword.events.EventFeed;
import afterword.model.Retention;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.notice.NoticeErasure;
import afterword.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of what sites do not want to keep any longer, some at a time. Every process does it; what
 * one has taken the others skip.
 */
public final class CommentExpiry {
  private static final Logger LOG = LoggerFactory.getLogger(CommentExpiry.class);
  private static final Duration EVERY = Duration.ofHours(1);
  static final int BATCH = 500;

  private final Database database;
  private final SiteStore sites;
  private final RetentionStore store = new RetentionStore();
  private final Erasure erasure = new Erasure();
  private final NoticeErasure notices = new NoticeErasure();
  private final AuditStore audit;
  private final EventFeed feed;
  private final Clock clock;
  private final Sweeper sweeper;

  public CommentExpiry(
      Vertx vertx,
      Database database,
      SiteStore sites,
      AuditStore audit,
      EventFeed feed,
      Clock clock) {
    this.database = database;
    this.sites = sites;
    this.audit = audit;
    this.feed = feed;
    this.clock = clock;
    this.sweeper = new Sweeper(vertx, EVERY, this::sweep);
  }

  public void start() {
    sweeper.start();
  }

  public void stop() {
    sweeper.stop();
  }

  Future<Void> sweep() {
    return sites
        .all()
        .compose(
            all -> {
              Future<Void> swept = Future.succeededFuture();
              for (Site site : all)
                if (!site.settings().retention().equals(Retention.FOREVER))
                  swept = swept.compose(before -> sweep(site));
              return swept;
            });
  }

  /** What fails on one site is tried again next time, and does not keep the others waiting. */
  private Future<Void> sweep(Site site) {
    Future<Void> swept = untilDone(() -> forgetSenders(site.id()));
    for (Texts texts : Texts.values())
      swept = swept.compose(before -> untilDone(() -> erase(site.id(), texts)));
    return swept.otherwise(
        cause -> {
          LOG.warn("site {} still keeps what it wants forgotten", site.key(), cause);
          return null;
        });
  }

  private static Future<Void> untilDone(Supplier<Future<Integer>> batch) {
    return batch
        .get()
        .compose(count -> count == BATCH ? untilDone(batch) : Future.succeededFuture());
  }

  private Future<Integer> forgetSenders(int site) {
    Instant now = now();
    return database.write(
        tx ->
            retention(tx, site)
                .compose(
                    kept ->
                        kept.sendersDays() == 0
                            ? Future.succeededFuture(0)
                            : store.forgetSenders(tx, site, kept.sendersDays(), now, BATCH))
                .compose(count -> audit.append(tx, forgotten(site, count, now)).map(count)));
  }

  /** One row for them all: nothing that a comment is has changed. */
  private static List<AuditEntry> forgotten(int site, int count, Instant now) {
    if (count == 0) return List.of();
    var entry = new AuditEntry(site, now, "retention", "forget", "site:" + site);
    return List.of(entry.because("senders of " + count));
  }

  private Future<Integer> erase(int site, Texts texts) {
    Instant now = now();
    return database
        .write(
            tx ->
                retention(tx, site)
                    .map(texts::days)
                    .compose(
                        days ->
                            days == 0
                                ? Future.succeededFuture(new Long[0])
                                : store.over(tx, site, texts, days, now, BATCH))
                    .compose(ids -> erase(tx, site, ids, now)))
        .onSuccess(done -> done.forEach(erased -> feed.announce(erased.event())))
        .map(List::size);
  }

  private Future<List<Done>> erase(SqlConnection tx, int site, Long[] ids, Instant now) {
    if (ids.length == 0) return Future.succeededFuture(List.of());
    return notices
        .ofComments(tx, site, ids)
        .compose(noticed -> erasure.erase(tx, site, ids, now))
        .compose(
            done ->
                audit
                    .append(tx, done.stream().map(erased -> entry(erased, now)).toList())
                    .map(done));
  }

  private static AuditEntry entry(Done d, Instant now) {
    return new AuditEntry(
        d.id().site(),
        now,
        "retention",
        "erase",
        "comment:" + d.id().row(),
        d.version(),
        null,
        null,
        null,
        d.textHash());
  }

  /** As it is at this very moment: what was changed a moment ago is not erased by what was. */
  private Future<Retention> retention(SqlConnection tx, int site) {
    return sites
        .held(tx, site)
        .map(held -> held.map(SiteSettings::retention).orElse(Retention.FOREVER));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
