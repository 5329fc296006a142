package afterword.demo;

import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventStore;
import afterword.model.Mode;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.site.SiteAdmin;
import afterword.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;

/** The blog's site, whose origins follow the ports of this start. */
final class DemoSite {
  static final String KEY = "demo";

  private static final List<String> BLOCKED = List.of("casino*", "viagra", "crypto*");

  private final Database database;
  private final SiteStore store;
  private final EventStore events = new EventStore();
  private final Clock clock;

  DemoSite(Database database, Clock clock) {
    this.database = database;
    this.store = new SiteStore(database);
    this.clock = clock;
  }

  /** As it is from now on: newcomers and blocked words are held. */
  Future<Site> careful(List<String> origins) {
    return settled(origins, settings(Mode.TRUSTED));
  }

  /** As it was when the first readers came: everything is published at once. */
  Future<Site> open(List<String> origins) {
    return settled(origins, settings(Mode.OPEN));
  }

  /** Keeps what a moderator has changed since; only the origins are brought up to date. */
  Future<Site> asItIs(List<String> origins) {
    return find().compose(site -> change(site, origins, site.settings()));
  }

  private static final String MOVE_PAGES =
      "update page set url = $2 || regexp_replace(url, '^https?://[^/]+', '') where site_id = $1 and url is not null";

  /** The blog is on another port than last time. */
  Future<Void> movePages(Site site, String origin) {
    return database
        .write(tx -> tx.preparedQuery(MOVE_PAGES).execute(Tuple.of(site.id(), origin)))
        .mapEmpty();
  }

  private Future<Site> settled(List<String> origins, SiteSettings settings) {
    return store
        .all()
        .compose(
            sites ->
                sites.stream().anyMatch(site -> site.key().equals(KEY))
                    ? find().compose(site -> change(site, origins, settings))
                    : new SiteAdmin(database, store, events, clock)
                        .add(KEY, "Slow Lanes", origins, settings));
  }

  private Future<Site> find() {
    return store
        .all()
        .map(
            sites ->
                sites.stream().filter(site -> site.key().equals(KEY)).findFirst().orElseThrow());
  }

  private Future<Site> change(Site site, List<String> origins, SiteSettings settings) {
    return database.write(
        tx ->
            store
                .change(tx, site.id(), origins, settings)
                .compose(
                    changed ->
                        events
                            .append(
                                tx,
                                new Event(site.id(), Event.Kind.SITE_CHANGED, 0, 0, 0, 0),
                                clock.instant())
                            .map(changed.orElseThrow())));
  }

  private static SiteSettings settings(Mode mode) {
    return SiteSettings.DEFAULTS.with(mode, BLOCKED);
  }
}
