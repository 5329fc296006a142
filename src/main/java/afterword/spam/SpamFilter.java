package afterword.spam;

import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.events.EventStore;
import afterword.model.Score;
import afterword.model.Subject;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much a comment looks like spam to its site. Models are remembered and dropped when they
 * change; where none can be had in time the shipped one judges, so that no post fails for it.
 */
public final class SpamFilter {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int MOST_WEIGHTS = 8_000_000;

  private final ModelStore store;

  /** Grows with every change: what was asked for before it is not remembered after it. */
  private final AtomicLong changes = new AtomicLong();

  private final Cache<Integer, Model> models =
      Caffeine.newBuilder()
          .expireAfterWrite(FRESH)
          .maximumWeight(MOST_WEIGHTS)
          .weigher((Integer site, Model model) -> 64 + model.own().places().length)
          .build();

  public SpamFilter(Database database, EventStore events, EventFeed feed) {
    this.store = new ModelStore(database, events);
    feed.listen(
        event -> {
          if (event.kind() == Event.Kind.MODEL_CHANGED) forget(event.siteId());
        });
    feed.onMissed(
        () -> {
          changes.incrementAndGet();
          models.invalidateAll();
        });
  }

  public Future<Score> score(Subject subject) {
    var writing =
        new Writing(subject.text(), subject.submission().name(), subject.submission().url());
    return model(subject.site().id()).otherwise(Model.SHIPPED).map(model -> model.score(writing));
  }

  private Future<Model> model(int site) {
    Model known = models.getIfPresent(site);
    if (known != null) return Future.succeededFuture(known);
    long before = changes.get();
    return store
        .model(site)
        .onSuccess(
            model -> {
              if (changes.get() == before) models.put(site, model);
            });
  }

  private void forget(int site) {
    changes.incrementAndGet();
    models.invalidate(site);
  }
}
