package afterword.page;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.events.EventStore;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.http.Query;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.page.PageAdminStore.Listed;
import afterword.page.PageAdminStore.Page;
import afterword.site.Origins;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Host pages as moderators see and change them: {@code /api/v1/admin/pages}. Behind {@link Guard}.
 */
public final class PageApi {
  private static final int MOST = 100;
  private static final int USUAL = 50;
  private static final int LONGEST_TEXT = 200;
  private static final int DAYS = 36_500;

  private final Sites sites;
  private final Database database;
  private final PageAdminStore store = new PageAdminStore();
  private final PageMoves moves;
  private final AuditStore audit;
  private final EventStore events;
  private final EventFeed feed;
  private final Clock clock;

  public PageApi(
      Sites sites,
      Database database,
      AuditStore audit,
      EventStore events,
      EventFeed feed,
      Clock clock) {
    this.sites = sites;
    this.database = database;
    this.audit = audit;
    this.events = events;
    this.feed = feed;
    this.clock = clock;
    this.moves = new PageMoves(database, audit, events, clock);
  }

  /** {@code GET pages?site&q&after&limit}: the newest first. */
  public void list(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Optional<String> key = Query.one(ctx, "site").filter(k -> !k.isEmpty());
    Optional<String> text = Query.one(ctx, "q").filter(t -> !t.isBlank());
    if (text.isPresent() && text.get().length() > LONGEST_TEXT)
      throw Query.wrong("q", "too-long", "Search for at most " + LONGEST_TEXT + " characters.");
    int limit = Query.integer(ctx, "limit", 1, MOST, USUAL);
    long before =
        Query.one(ctx, "after").filter(a -> !a.isEmpty()).map(PageApi::row).orElse(Long.MAX_VALUE);
    visible(moderator, key)
        .compose(
            visible ->
                database.readCurrent(
                    client -> store.list(client, visible, before, text, null, limit + 1)))
        .onSuccess(pages -> send(ctx, json(pages, limit)))
        .onFailure(ctx::fail);
  }

  private static long row(String after) {
    return PublicId.parse(after)
        .orElseThrow(() -> Query.wrong("after", "broken-cursor", "Start again without \"after\"."))
        .row();
  }

  private Future<Collection<Integer>> visible(Moderator moderator, Optional<String> key) {
    if (key.isEmpty()) return Future.succeededFuture(moderator.sites(Role.VIEWER));
    return sites
        .byKey(key.get())
        .map(
            site -> {
              moderator.require(site.id(), Role.VIEWER);
              return Set.of(site.id());
            });
  }

  private static JsonObject json(List<Listed> pages, int limit) {
    boolean more = pages.size() > limit;
    List<Listed> shown = more ? pages.subList(0, limit) : pages;
    var list = new JsonArray();
    shown.forEach(page -> list.add(page.json()));
    return new JsonObject()
        .put("pages", list)
        .put("next", more ? shown.get(limit - 1).json().getString("id") : null);
  }

  /** {@code GET pages/{id}}. */
  public void show(RoutingContext ctx) {
    one(id(ctx, Role.VIEWER)).onSuccess(page -> send(ctx, page)).onFailure(ctx::fail);
  }

  private Future<JsonObject> one(PublicId id) {
    return database
        .readCurrent(
            client ->
                store.list(
                    client, Set.of(id.site()), Long.MAX_VALUE, Optional.empty(), id.row(), 1))
        .map(
            pages -> {
              if (pages.isEmpty()) throw missing();
              return pages.get(0).json();
            });
  }

  /** {@code PATCH pages/{id}}: close, reopen, mode, title, address, date. */
  public void change(RoutingContext ctx) {
    PublicId id = id(ctx, Role.MODERATOR);
    Moderator moderator = Guard.moderator(ctx);
    sites
        .byId(id.site())
        .map(found -> found.orElseThrow(PageApi::missing))
        .compose(
            site -> {
              Change change = read(JsonBody.of(ctx), site);
              return save(moderator, id, change);
            })
        .compose(saved -> one(id))
        .onSuccess(page -> send(ctx, page))
        .onFailure(ctx::fail);
  }

  /**
   * {@code POST pages/{id}/merge}: its comments join those of another page of the site; the answer
   * is that page.
   */
  public void merge(RoutingContext ctx) {
    PublicId from = id(ctx, Role.MODERATOR);
    Moderator moderator = Guard.moderator(ctx);
    Fields fields = JsonBody.of(ctx);
    String typed = fields.requiredText("into", 64);
    Optional<PublicId> into = PublicId.parse(typed).filter(id -> id.site() == from.site());
    if (into.isEmpty() && !typed.isEmpty())
      fields.wrong("into", "unknown", "Name another page of the same site by its id.");
    if (into.isPresent() && into.get().equals(from))
      fields.wrong("into", "itself", "A page cannot join itself.");
    fields.finish();
    sites
        .byId(from.site())
        .map(found -> found.orElseThrow(PageApi::missing))
        .compose(
            site ->
                moves
                    .planMerge(site, from, into.get())
                    .compose(plan -> moves.carryOut(site, moderator.actor(), plan)))
        .compose(
            done -> {
              feed.announce(
                  new Event(from.site(), Event.Kind.PAGE_CHANGED, into.get().row(), 0, 0, 0));
              return one(into.get());
            })
        .onSuccess(page -> send(ctx, page))
        .onFailure(ctx::fail);
  }

  /** Fields by their names: what was not sent stays as it is. */
  private record Change(Fields fields, Page page) {
    Page over(Page now) {
      return new Page(
          fields.has("url") ? page.url() : now.url(),
          fields.has("title") ? page.title() : now.title(),
          fields.has("publishedAt") ? page.publishedAt() : now.publishedAt(),
          fields.has("open") ? page.open() : now.open(),
          fields.has("mode") ? page.mode() : now.mode(),
          fields.has("closeAfterDays") ? page.closeAfterDays() : now.closeAfterDays());
    }
  }

  private static Change read(Fields fields, Site site) {
    Optional<String> typed = fields.text("url", Limits.PAGE_URL);
    Optional<String> url = Optional.empty();
    if (typed.isPresent()) {
      try {
        url = Optional.of(PageIdentity.addressOn(site, typed.get()));
      } catch (FailureException elsewhere) {
        fields.wrong("url", "not-on-site", elsewhere.failure().detail());
      }
    }
    Optional<String> title = fields.text("title", Limits.TITLE).filter(t -> !t.isBlank());
    Optional<Instant> at = time(fields);
    boolean open = fields.flag("open").orElse(true);
    if (fields.has("open") && fields.flag("open").isEmpty() && !fields.isWrong("open"))
      fields.wrong("open", "required", "Send true or false.");
    Optional<String> mode = fields.text("mode", 20);
    boolean known =
        mode.isEmpty()
            || List.of(Mode.values()).stream().anyMatch(m -> m.word().equals(mode.get()));
    if (!known) fields.wrong("mode", "unknown", "A mode is open, trusted or all.");
    Optional<Integer> days = fields.integer("closeAfterDays", 0, DAYS).map(Long::intValue);
    fields.finish();
    return new Change(fields, new Page(url, title, at, open, mode, days));
  }

  private static Optional<Instant> time(Fields fields) {
    Optional<String> typed = fields.text("publishedAt", 40);
    try {
      return typed.map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException notATime) {
      fields.wrong("publishedAt", "malformed", "Write a time as 2026-01-31T12:00:00Z.");
      return Optional.empty();
    }
  }

  private Future<Void> save(Moderator moderator, PublicId id, Change change) {
    Instant now = clock.instant();
    var event = new Event(id.site(), Event.Kind.PAGE_CHANGED, id.row(), 0, 0, 0);
    return database
        .write(
            tx ->
                store
                    .lock(tx, id)
                    .map(found -> found.orElseThrow(PageApi::missing))
                    .compose(
                        before -> {
                          Page after = change.over(before);
                          if (after.equals(before)) return Future.succeededFuture(false);
                          var entry =
                              new AuditEntry(
                                      id.site(),
                                      now,
                                      moderator.actor(),
                                      "page-changed",
                                      "page:" + id.row())
                                  .because(words(before, after));
                          return store
                              .change(tx, id, after, now)
                              .compose(changed -> audit.append(tx, entry))
                              .compose(audited -> events.append(tx, event, now))
                              .map(true);
                        }))
        .onSuccess(
            changed -> {
              if (changed) feed.announce(event);
            })
        .mapEmpty();
  }

  /** What changed, by its name; never the text of a title or an address. */
  private static String words(Page before, Page after) {
    var words = new ArrayList<String>();
    if (before.open() != after.open()) words.add(after.open() ? "reopened" : "closed");
    if (!before.mode().equals(after.mode()))
      words.add("mode " + after.mode().orElse("of the site"));
    if (!before.url().equals(after.url())) words.add("url");
    if (!before.title().equals(after.title())) words.add("title");
    if (!before.publishedAt().equals(after.publishedAt())) words.add("publishedAt");
    if (!before.closeAfterDays().equals(after.closeAfterDays())) words.add("closeAfterDays");
    return String.join(", ", words);
  }

  /**
   * {@code GET sites/{site}/check-url?url}: whether its comments would be taken, and as which page.
   */
  public void checkUrl(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    String url = Query.required(ctx, "url");
    sites
        .byKey(ctx.pathParam("site"))
        .map(
            site -> {
              moderator.require(site.id(), Role.VIEWER);
              boolean address = PageIdentity.isAddress(url);
              boolean allowed = address;
              try {
                if (address) PageIdentity.addressOn(site, url);
              } catch (FailureException elsewhere) {
                allowed = false;
              }
              return new JsonObject()
                  .put("allowed", allowed)
                  .put("origin", Origins.of(url).orElse(null))
                  .put("page", address ? PageIdentity.keyOf(url) : null);
            })
        .onSuccess(json -> send(ctx, json))
        .onFailure(ctx::fail);
  }

  private static PublicId id(RoutingContext ctx, Role needed) {
    PublicId id = PublicId.parse(ctx.pathParam("id")).orElseThrow(PageApi::missing);
    Guard.moderator(ctx).require(id.site(), needed);
    return id;
  }

  private static FailureException missing() {
    return FailureException.notFound("There is nothing here, or it is not yours.");
  }

  private static void send(RoutingContext ctx, JsonObject json) {
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json.toBuffer());
  }
}
