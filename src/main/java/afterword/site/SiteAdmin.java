package afterword.site;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventStore;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Limits;
import afterword.model.Problem;
import afterword.model.Site;
import afterword.model.SiteSettings;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Adds sites and tells what to put into their pages. */
public final class SiteAdmin {
  private final Database database;
  private final SiteStore store;
  private final EventStore events;
  private final Clock clock;

  public SiteAdmin(Database database, SiteStore store, EventStore events, Clock clock) {
    this.database = database;
    this.store = store;
    this.events = events;
    this.clock = clock;
  }

  /** Fails with everything that is wrong at once. */
  public Future<Site> add(String key, String name, List<String> origins, SiteSettings settings) {
    List<FieldError> errors = wrong(key, name, origins);
    if (!errors.isEmpty()) return Future.failedFuture(FailureException.invalid(errors));
    return database.write(
        tx ->
            store
                .add(tx, key, name, origins, settings)
                .compose(
                    added ->
                        added
                            .map(Future::succeededFuture)
                            .orElseGet(() -> Future.failedFuture(taken(key))))
                .compose(
                    site ->
                        events
                            .append(
                                tx,
                                new Event(site.id(), Event.Kind.SITE_CHANGED, 0, 0, 0, 0),
                                clock.instant())
                            .map(site)));
  }

  /**
   * Changes a site as it was read.
   *
   * @param what the names of what changes, for the audit; never values
   */
  Future<Site> change(String actor, Site before, Site after, AuditStore audit, String what) {
    List<FieldError> errors = wrong(before.key(), after.name(), after.origins());
    if (!errors.isEmpty()) return Future.failedFuture(FailureException.invalid(errors));
    Instant now = clock.instant();
    return database.write(
        tx ->
            store
                .update(tx, after, before.version())
                .compose(
                    changed ->
                        changed
                            .map(Future::succeededFuture)
                            .orElseGet(() -> Future.failedFuture(changedMeanwhile())))
                .compose(
                    site ->
                        audit
                            .append(
                                tx,
                                new AuditEntry(
                                        site.id(), now, actor, "site-changed", "site:" + site.id())
                                    .because(what))
                            .compose(audited -> events.append(tx, changed(site.id()), now))
                            .map(site)));
  }

  static Event changed(int site) {
    return new Event(site, Event.Kind.SITE_CHANGED, 0, 0, 0, 0);
  }

  private static FailureException changedMeanwhile() {
    return new FailureException(
        new Failure.Conflict(
            Problem.CONFLICT, "The site has been changed since. Look at it and try again."));
  }

  /** The one tag that the site's pages need. */
  public static String snippet(String publicBaseUrl, String key) {
    return "<script async src=\""
        + publicBaseUrl
        + "/embed/v1.js\" data-site=\""
        + key
        + "\"></script>";
  }

  private static List<FieldError> wrong(String key, String name, List<String> origins) {
    var errors = new ArrayList<FieldError>();
    if (!key.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      errors.add(
          new FieldError(
              "/key", "malformed", "A key is made of a-z, 0-9 and inner \"-\", 63 at the most."));
    }
    if (name.isBlank() || name.codePointCount(0, name.length()) > Limits.TITLE) {
      errors.add(
          new FieldError(
              "/name", "out-of-bounds", "A name has 1 to " + Limits.TITLE + " characters."));
    }
    if (origins.isEmpty()) {
      errors.add(
          new FieldError(
              "/origins", "required", "Name at least one origin, such as https://blog.example."));
    }
    for (int i = 0; i < origins.size(); i++) {
      if (Origins.isOrigin(origins.get(i))) continue;
      String meant = Origins.of(origins.get(i)).map(o -> " Did you mean " + o + "?").orElse("");
      errors.add(
          new FieldError(
              "/origins/" + i,
              "malformed",
              "\"" + origins.get(i) + "\" is not an origin such as https://blog.example." + meant));
    }
    return errors;
  }

  private static FailureException taken(String key) {
    return new FailureException(
        new Failure.Conflict(
            Problem.CONFLICT, "There is a site with the key \"" + key + "\" already."));
  }
}
