package afterword.moderation;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.comment.StatusChange;
import afterword.comment.StatusChange.Changed;
import afterword.comment.StatusChange.Wanted;
import afterword.db.Database;
import afterword.events.EventFeed;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Carries out a moderator's decision on many comments, or takes one back: all in one transaction. */
public final class Decide {
  private static final Duration UNDO_WITHIN = Duration.ofMinutes(10);

  private final Database database;
  private final DecisionStore decisions = new DecisionStore();
  private final StatusChange statuses = new StatusChange();
  private final AuditStore audit;
  private final EventFeed feed;
  private final Clock clock;

  public Decide(Database database, AuditStore audit, EventFeed feed, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.feed = feed;
    this.clock = clock;
  }

  /** What a moderator wants done. */
  record Request(Action action, List<Wanted> items, String reason, String note) {}

  /** What became of one item: "ok", "unchanged", "conflict" or "gone". */
  record Item(PublicId id, String result, Status status, int version, String decidedBy) {}

  record Outcome(long decision, List<Item> items) {}

  Future<Outcome> decide(Moderator moderator, Request request) {
    Instant now = clock.instant();
    Set<Integer> sites = moderator.sites(Role.MODERATOR);
    Map<Integer, List<Wanted>> siteToItems = bySite(request.items, sites);
    var changed = new ArrayList<Changed>();
    return database
        .write(
            tx ->
                decisions
                    .nextId(tx)
                    .compose(
                        id -> {
                          Future<Map<PublicId, Item>> done = Future.succeededFuture(new HashMap<>());
                          for (var site : siteToItems.entrySet()) {
                            done =
                                done.compose(
                                    items ->
                                        onSite(tx, moderator, request, id, site.getKey(), site.getValue(), now, changed)
                                            .map(
                                                more -> {
                                                  items.putAll(more);
                                                  return items;
                                                }));
                          }
                          return done.map(items -> new Outcome(id, inOrder(request.items, items)));
                        }))
        .onSuccess(done -> changed.forEach(c -> feed.announce(c.event())));
  }

  private Future<Map<PublicId, Item>> onSite(
      SqlConnection tx, Moderator moderator, Request request, long id, int site, List<Wanted> wanted, Instant now,
      List<Changed> changed) {
    return statuses
        .apply(tx, site, wanted, request.action.status(), now)
        .compose(
            results -> {
              List<Changed> done = results.stream().filter(Changed::changed).toList();
              changed.addAll(done);
              return record(tx, moderator, request, id, site, done, now)
                  .compose(v -> decisions.lastDeciders(tx, site, losers(results, request.action)))
                  .map(names -> items(results, request.action, names));
            });
  }

  private Future<Void> record(
      SqlConnection tx, Moderator moderator, Request request, long id, int site, List<Changed> done, Instant now) {
    if (done.isEmpty()) return Future.succeededFuture();
    return decisions
        .add(tx, site, id, moderator.id(), request.action, request.reason, request.note, done, now)
        .compose(v -> audit.append(tx, entries(done, moderator, request.action.word(), request.reason, now)));
  }

  /** Fails with "not found" where there is nothing to take back. */
  Future<Outcome> undo(Moderator moderator, long id) {
    Instant now = clock.instant();
    Set<Integer> sites = moderator.sites(Role.MODERATOR);
    var changed = new ArrayList<Changed>();
    return database
        .write(
            tx ->
                decisions
                    .claimUndo(tx, id, sites, moderator.id(), now, now.minus(UNDO_WITHIN))
                    .compose(
                        undoables -> {
                          if (undoables.isEmpty()) {
                            throw FailureException.notFound("This decision is not yours, too old, or taken back already.");
                          }
                          Future<List<Item>> done = Future.succeededFuture(new ArrayList<>());
                          for (var undoable : undoables) {
                            for (var group : undoable.statusToItems().entrySet()) {
                              done =
                                  done.compose(
                                      items ->
                                          back(tx, moderator, undoable.site(), group.getValue(), group.getKey(), now, changed)
                                              .map(
                                                  more -> {
                                                    items.addAll(more);
                                                    return items;
                                                  }));
                            }
                          }
                          return done.map(items -> new Outcome(id, items));
                        }))
        .onSuccess(done -> changed.forEach(c -> feed.announce(c.event())));
  }

  private Future<List<Item>> back(
      SqlConnection tx, Moderator moderator, int site, List<Wanted> items, Status to, Instant now,
      List<Changed> changed) {
    return statuses
        .apply(tx, site, items, to, now)
        .compose(
            results -> {
              List<Changed> done = results.stream().filter(Changed::changed).toList();
              changed.addAll(done);
              return audit
                  .append(tx, entries(done, moderator, "undo", null, now))
                  .map(v -> List.copyOf(items(results, to, Map.of()).values()));
            });
  }

  private static Map<Integer, List<Wanted>> bySite(List<Wanted> items, Set<Integer> sites) {
    var siteToItems = new LinkedHashMap<Integer, List<Wanted>>();
    for (Wanted item : items) {
      if (sites.contains(item.id().site())) {
        siteToItems.computeIfAbsent(item.id().site(), s -> new ArrayList<>()).add(item);
      }
    }
    return siteToItems;
  }

  private static List<Long> losers(List<Changed> results, Action action) {
    return results.stream().filter(c -> !c.changed() && c.status() != action.status()).map(c -> c.id().row()).toList();
  }

  private static Map<PublicId, Item> items(List<Changed> results, Action action, Map<Long, String> names) {
    return items(results, action.status(), names);
  }

  private static Map<PublicId, Item> items(List<Changed> results, Status to, Map<Long, String> names) {
    var items = new LinkedHashMap<PublicId, Item>();
    for (Changed c : results) {
      String result = c.changed() ? "ok" : c.status() == to ? "unchanged" : "conflict";
      items.put(c.id(), new Item(c.id(), result, c.status(), c.version(), names.get(c.id().row())));
    }
    return items;
  }

  private static List<Item> inOrder(List<Wanted> wanted, Map<PublicId, Item> items) {
    return wanted.stream()
        .map(w -> items.getOrDefault(w.id(), new Item(w.id(), "gone", null, 0, null)))
        .toList();
  }

  private static List<AuditEntry> entries(
      List<Changed> changed, Moderator moderator, String action, String reason, Instant now) {
    return changed.stream()
        .map(
            c ->
                new AuditEntry(
                    c.id().site(), now, moderator.actor(), action, "comment:" + c.id().row(), c.version(), c.before(),
                    c.status(), reason, null))
        .toList();
  }
}
