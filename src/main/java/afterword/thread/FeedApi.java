package afterword.thread;

import afterword.db.Reads;
import afterword.http.Query;
import afterword.model.Site;
import afterword.page.PageIdentity;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Feeds of a site and of a page. */
public final class FeedApi {
  private static final int ENTRIES = 50;

  private final Sites sites;
  private final ThreadApi threads;
  private final String publicBaseUrl;
  private final Clock clock;

  public FeedApi(Sites sites, ThreadApi threads, String publicBaseUrl, Clock clock) {
    this.sites = sites;
    this.threads = threads;
    this.publicBaseUrl = publicBaseUrl;
    this.clock = clock;
  }

  private record Format(String ending, String type, Function<Feed, String> written) {}

  private static final Format ATOM =
      new Format("feed.atom", "application/atom+xml; charset=utf-8", AtomFeed::of);
  private static final Format JSON =
      new Format("feed.json", "application/feed+json; charset=utf-8", JsonFeed::of);

  /** GET /api/v1/sites/{site}/feed.atom */
  public void atom(RoutingContext ctx) {
    send(ctx, ATOM);
  }

  /** GET /api/v1/sites/{site}/feed.json */
  public void json(RoutingContext ctx) {
    send(ctx, JSON);
  }

  private void send(RoutingContext ctx, Format format) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(
            site -> {
              Optional<String> page = Query.one(ctx, "page").filter(text -> !text.isEmpty());
              page.ifPresent(ThreadApi::bounded);
              return threads.cached(
                  site,
                  format.ending() + "\n" + page.orElse(""),
                  from -> encoded(from, site, page, format));
            })
        .compose(hit -> threads.ready().send(ctx, hit))
        .onFailure(ctx::fail);
  }

  private Future<Encoded> encoded(Reads from, Site site, Optional<String> page, Format format) {
    if (page.isEmpty()) {
      return new LatestStore(from)
          .latest(site.id(), ENTRIES)
          .map(latest -> encoded(format, feed(site, page, format, latest), ReadCache.WHOLE_SITE));
    }
    return new FeedStore(from)
        .latest(site.id(), PageIdentity.keyOf(page.get()), ENTRIES)
        .map(found -> encoded(format, feed(site, page, format, found.latest()), found.threadId()));
  }

  private Feed feed(
      Site site, Optional<String> page, Format format, List<LatestStore.Latest> latest) {
    String query =
        page.map(text -> "?page=" + URLEncoder.encode(text, StandardCharsets.UTF_8)).orElse("");
    String self = publicBaseUrl + "/api/v1/sites/" + site.key() + "/" + format.ending() + query;
    String where =
        page.map(key -> latest.stream().findFirst().map(LatestStore.Latest::pageTitle).orElse(key))
            .orElse(site.name());
    return new Feed(site, "Comments: " + where, self, publicBaseUrl, latest);
  }

  private Encoded encoded(Format format, Feed feed, long thread) {
    return new Encoded(
        format.type(),
        Buffer.buffer(format.written().apply(feed)),
        Set.of(thread),
        clock.instant());
  }
}
