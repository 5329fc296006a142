package afterword.thread;

import afterword.db.Database;
import afterword.db.Reads;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.events.Position;
import afterword.http.Query;
import afterword.keys.Keys;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.page.PageIdentity;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What readers ask of threads. Every answer comes from the cache; it reads and writes no cookie.
 */
public final class ThreadApi {
  private static final String JSON = "application/json";
  private static final int ROOTS = 50;
  private static final int REPLIES = 50;
  private static final int LATEST = 20;
  private static final int COUNT_QUERY_BYTES = 8 * 1024;
  private static final int ADDRESS_BYTES = 8 << 20;

  private final Database database;
  private final Sites sites;
  private final ReadCache cache;
  private final ReadyAnswers ready;
  private final ReadSource source;
  private final Clock clock;
  private final Cursors cursors;

  public ThreadApi(
      Database database, Sites sites, EventFeed feed, Keys keys, ReadCache cache, Clock clock) {
    this.database = database;
    this.sites = sites;
    this.cache = cache;
    this.ready = new ReadyAnswers(cache, ADDRESS_BYTES);
    this.clock = clock;
    this.cursors = new Cursors(keys);
    this.source = new ReadSource(database, feed);
    feed.listenToPlaced(this::changed);
    feed.onMissed(this::missed);
  }

  /** GET /api/v1/sites/{site}/thread */
  public void show(RoutingContext ctx) {
    answer(
        ctx,
        site -> {
          ThreadReader.Ask ask = ask(ctx, ROOTS);
          return cached(site, ask.spelledOut(), from -> thread(from, site, ask));
        });
  }

  /** GET /api/v1/sites/{site}/comments/{id}/replies */
  public void replies(RoutingContext ctx) {
    answer(
        ctx,
        site -> {
          long root = row(site, ctx.pathParam("id"));
          int limit = Query.integer(ctx, "limit", 1, Limits.THREAD_PAGE, REPLIES);
          String after = Query.one(ctx, "after").orElse("");
          Place place =
              after.isEmpty()
                  ? Place.start(false)
                  : cursors.place(ThreadReader.repliesOf(site, root), after);
          return cached(
              site,
              "replies\n" + root + '\n' + limit + '\n' + after,
              from -> repliesOf(from, site, root, place, limit));
        });
  }

  /** GET /api/v1/sites/{site}/counts */
  public void counts(RoutingContext ctx) {
    answer(
        ctx,
        site -> {
          List<String> asked = askedPages(ctx);
          return cached(
              site, "counts\n" + String.join("\n", asked), from -> countsOf(from, site, asked));
        });
  }

  /** GET /api/v1/sites/{site}/latest */
  public void latest(RoutingContext ctx) {
    answer(
        ctx,
        site -> {
          int limit = Query.integer(ctx, "limit", 1, Limits.THREAD_PAGE, LATEST);
          return cached(
              site,
              "latest\n" + limit,
              from ->
                  new LatestStore(from)
                      .latest(site.id(), limit)
                      .map(list -> encoded(ThreadJson.latest(site, list), ReadCache.WHOLE_SITE)));
        });
  }

  /** For who can answer without the router. */
  public ReadyAnswers ready() {
    return ready;
  }

  /** For what is not kept: sees what has just been committed. */
  ThreadReader currentReader() {
    return reader(database::readCurrent);
  }

  ThreadReader reader(Reads from) {
    return new ThreadReader(new ThreadStore(from), new ReplyStore(from), cursors, clock);
  }

  private void missed() {
    source.missed();
    cache.suspectAll();
  }

  private void changed(Event event, Optional<Position> position) {
    source.heard(event, position);
    switch (event.kind()) {
      case SITE_CHANGED -> cache.dropSite(event.siteId());
      case COMMENT_VOTED -> {} // many; SCORES_CHANGED follows, once
      default -> cache.drop(event.siteId(), event.threadId());
    }
  }

  private void answer(RoutingContext ctx, Function<Site, Future<ReadCache.Hit>> question) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(question)
        .compose(hit -> ready.send(ctx, hit))
        .onFailure(ctx::fail);
  }

  Future<ReadCache.Hit> cached(Site site, String asked, Function<Reads, Future<Encoded>> question) {
    return cache.get(new ReadCache.Key(site.id(), asked), () -> source.load(site.id(), question));
  }

  static ThreadReader.Ask ask(RoutingContext ctx, int limitUnlessSaid) {
    String page = PageIdentity.keyOf(bounded(Query.required(ctx, "page")));
    Order order =
        Query.one(ctx, "order")
            .map(word -> Order.of(word).orElseThrow(() -> unknownOrder()))
            .orElse(Order.NEWEST);
    int limit = Query.integer(ctx, "limit", 1, Limits.THREAD_PAGE, limitUnlessSaid);
    var after = Query.one(ctx, "after");
    var around = Query.one(ctx, "around");
    if (after.isPresent() && around.isPresent()) {
      throw Query.wrong("around", "not-both", "Send \"after\" or \"around\", not both.");
    }
    return new ThreadReader.Ask(page, order, limit, after, around);
  }

  private static FailureException unknownOrder() {
    return Query.wrong("order", "unknown", "\"order\" is newest, oldest or best.");
  }

  private Future<Encoded> thread(Reads from, Site site, ThreadReader.Ask ask) {
    ThreadReader reader = reader(from);
    return reader
        .read(site, ask)
        .map(
            page ->
                encoded(ThreadJson.page(site, page, reader.links(site, ask)), page.head().id()));
  }

  private static long row(Site site, String id) {
    return PublicId.parse(id)
        .filter(known -> known.site() == site.id())
        .map(PublicId::row)
        .orElseThrow(ThreadReader::noComment);
  }

  private Future<Encoded> repliesOf(Reads from, Site site, long root, Place place, int limit) {
    var replies = new ReplyStore(from);
    return replies
        .shown(site.id(), root)
        .compose(
            found ->
                found
                    .map(standing -> repliesOf(replies, site, standing, place, limit))
                    .orElseGet(() -> Future.failedFuture(ThreadReader.noComment())));
  }

  private Future<Encoded> repliesOf(
      ReplyStore replies, Site site, ReplyStore.Standing root, Place place, int limit) {
    return replies
        .after(site.id(), root.comment().rootId(), place, limit + 1)
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<ShownComment> shown = more ? found.subList(0, limit) : found;
              String list = ThreadReader.repliesOf(site, root.comment().id());
              String next = more ? cursors.text(list, Place.of(shown.get(limit - 1))) : null;
              return encoded(ThreadJson.replies(site, shown, next), root.threadId());
            });
  }

  private static List<String> askedPages(RoutingContext ctx) {
    List<String> asked = Query.all(ctx, "page").stream().distinct().toList();
    if (asked.isEmpty()) throw Query.wrong("page", "required", "Send \"page\" once per page.");
    if (asked.size() > Limits.COUNTED_PAGES) {
      throw Query.wrong(
          "page", "too-many", "Ask for at most " + Limits.COUNTED_PAGES + " pages at once.");
    }
    String query = ctx.request().query();
    if (query.length() > COUNT_QUERY_BYTES) {
      throw Query.wrong(
          "page",
          "too-long",
          "Keep the query within " + COUNT_QUERY_BYTES + " bytes; ask in parts.");
    }
    asked.forEach(ThreadApi::bounded);
    return asked;
  }

  static String bounded(String page) {
    if (page.length() <= 2 * Limits.PAGE_URL) return page;
    throw Query.wrong("page", "too-long", "No page has a name or an address as long as this.");
  }

  private Future<Encoded> countsOf(Reads from, Site site, List<String> asked) {
    Map<String, String> askedToKey = new LinkedHashMap<>();
    asked.forEach(page -> askedToKey.put(page, PageIdentity.keyOf(page)));
    return new CountStore(from)
        .counts(site.id(), askedToKey.values().stream().distinct().toList())
        .map(
            found -> {
              Map<String, Long> answer = new LinkedHashMap<>();
              askedToKey.forEach(
                  (page, key) ->
                      answer.put(page, found.containsKey(key) ? found.get(key).published() : 0L));
              Set<Long> threads =
                  found.values().stream()
                      .map(CountStore.Count::threadId)
                      .collect(Collectors.toSet());
              if (found.size() < Set.copyOf(askedToKey.values()).size())
                threads.add(ReadCache.UNKNOWN_PAGE);
              return new Encoded(JSON, ThreadJson.counts(answer), threads, clock.instant());
            });
  }

  private Encoded encoded(Buffer json, long thread) {
    return new Encoded(JSON, json, Set.of(thread), clock.instant());
  }
}
