package afterword.thread;

import afterword.http.Query;
import afterword.keys.Stamps;
import afterword.markup.Html;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.page.PageIdentity;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Pages of a thread as HTML, out of the same cache as everything that is read. */
final class PlainPages {
  private static final String TYPE = "text/html; charset=utf-8";
  private static final int ROOTS = 50;

  private final ThreadApi threads;
  private final Stamps stamps;
  private final Clock clock;

  PlainPages(ThreadApi threads, Stamps stamps, Clock clock) {
    this.threads = threads;
    this.stamps = stamps;
    this.clock = clock;
  }

  /**
   * What the address asks for: a page of roots, the one around a comment, or the replies of a root.
   */
  Future<ReadCache.Hit> show(Site site, RoutingContext ctx) {
    String asked = ThreadApi.bounded(Query.required(ctx, "page"));
    ThreadReader.Ask ask = ThreadApi.ask(ctx, ROOTS);
    Optional<String> root = Query.one(ctx, "root");
    Optional<String> reply = Query.one(ctx, "reply");
    String spelledOut =
        "plain\n"
            + asked
            + '\n'
            + ask.spelledOut()
            + '\n'
            + root.orElse("")
            + '\n'
            + reply.orElse("");
    return threads.cached(
        site,
        spelledOut,
        from -> {
          ThreadReader reader = threads.reader(from);
          return (root.isPresent() ? reader.under(site, ask, root.get()) : reader.read(site, ask))
              .compose(
                  page ->
                      replyTo(reader, site, reply.orElse(""))
                          .map(to -> encoded(reader, site, asked, ask, page, to.orElse(null))));
        });
  }

  /** The page's head with nothing below it, for answers to a form. */
  Future<PlainPage.View> view(Site site, String asked, String parent) {
    var ask =
        new ThreadReader.Ask(
            PageIdentity.keyOf(asked), Order.NEWEST, 1, Optional.empty(), Optional.empty());
    ThreadReader reader = threads.currentReader();
    return reader
        .read(site, ask)
        .compose(
            page ->
                replyTo(reader, site, parent)
                    .map(
                        to ->
                            new PlainPage.View(
                                site,
                                asked,
                                page,
                                Order.NEWEST,
                                null,
                                to.orElse(null),
                                stamps.now())));
  }

  /** The same where the database cannot be asked. */
  PlainPage.View bare(Site site, String asked) {
    ThreadPage page = ThreadPage.empty(PageIdentity.keyOf(asked));
    return new PlainPage.View(site, asked, page, Order.NEWEST, null, null, stamps.now());
  }

  private static Future<Optional<PlainPage.ReplyTo>> replyTo(
      ThreadReader reader, Site site, String id) {
    return reader
        .published(site, id == null ? "" : id)
        .map(
            found ->
                found.map(
                    comment ->
                        new PlainPage.ReplyTo(
                            id, comment.name() == null ? "Anonymous" : comment.name())));
  }

  private Encoded encoded(
      ThreadReader reader,
      Site site,
      String asked,
      ThreadReader.Ask ask,
      ThreadPage page,
      PlainPage.ReplyTo to) {
    ThreadJson.Links cursors = reader.links(site, ask);
    String[] here = {
      "site",
      site.key(),
      "page",
      asked,
      "order",
      ask.order() == Order.NEWEST ? null : ask.order().word()
    };
    String cursor = cursors.next().apply(page);
    String next = cursor == null ? null : "/t" + Html.query(with(here, "after", cursor));
    var links =
        new CommentHtml.Links(
            id -> "/t" + Html.query(with(here, "around", id)) + "#comment-" + id,
            id -> page.head().open() ? "/t" + Html.query(with(here, "reply", id)) + "#write" : null,
            id -> "/c/" + id + "/notice",
            root ->
                "/t"
                    + Html.query(
                        with(
                            with(
                                here,
                                "root",
                                new PublicId(site.id(), root.comment().id()).toString()),
                            "after",
                            cursors.nextReplies().apply(root))));
    String html =
        PlainPage.thread(
            new PlainPage.View(site, asked, page, ask.order(), next, to, stamps.now()), links);
    return new Encoded(TYPE, Buffer.buffer(html), Set.of(page.head().id()), clock.instant());
  }

  private static String[] with(String[] query, String name, String value) {
    String[] more = Arrays.copyOf(query, query.length + 2);
    more[query.length] = name;
    more[query.length + 1] = value;
    return more;
  }
}
