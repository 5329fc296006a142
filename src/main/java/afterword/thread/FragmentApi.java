package afterword.thread;

import afterword.http.Query;
import afterword.markup.Html;
import afterword.markup.Markup;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Set;

/**
 * The first page of a thread as HTML to include in the host page, so that search engines read it
 * there.
 */
public final class FragmentApi {
  private static final int ROOTS = 50;

  private final Sites sites;
  private final ThreadApi threads;
  private final String publicBaseUrl;
  private final Clock clock;

  public FragmentApi(Sites sites, ThreadApi threads, String publicBaseUrl, Clock clock) {
    this.sites = sites;
    this.threads = threads;
    this.publicBaseUrl = publicBaseUrl;
    this.clock = clock;
  }

  /** GET /embed/v1/fragment */
  public void show(RoutingContext ctx) {
    Future.succeededFuture()
        .compose(begin -> sites.byKey(Query.required(ctx, "site")))
        .compose(site -> fragment(ctx, site))
        .compose(hit -> threads.ready().send(ctx, hit))
        .onFailure(ctx::fail);
  }

  private Future<ReadCache.Hit> fragment(RoutingContext ctx, Site site) {
    ThreadReader.Ask ask = ThreadApi.ask(ctx, ROOTS);
    boolean structured = Query.integer(ctx, "jsonld", 0, 1, 0) == 1;
    return threads.cached(
        site,
        "fragment\n" + structured + '\n' + ask.spelledOut(),
        from -> threads.reader(from).read(site, ask).map(page -> encoded(site, page, structured)));
  }

  private Encoded encoded(Site site, ThreadPage page, boolean structured) {
    String thread =
        publicBaseUrl + "/t" + Html.query("site", site.key(), "page", page.head().key());
    var links =
        new CommentHtml.Links(id -> "#comment-" + id, id -> null, id -> null, root -> thread);
    var html = new StringBuilder("<section class=\"afterword-thread\">\n<h2>");
    html.append(page.head().count() == 1 ? "1 Comment" : page.head().count() + " Comments")
        .append("</h2>\n");
    html.append(CommentHtml.list(site, page.roots(), links));
    html.append("<p class=\"more\"><a href=\"").append(thread).append("\">");
    html.append(
            page.more() ? "More comments" : page.head().open() ? "Post a Comment" : "All comments")
        .append("</a></p>\n");
    if (structured) html.append(nodes(site, page));
    html.append("</section>\n");
    return new Encoded(
        "text/html; charset=utf-8",
        Buffer.buffer(html.toString()),
        Set.of(page.head().id()),
        clock.instant());
  }

  /** schema.org comments; nothing in them can end the script element. */
  private String nodes(Site site, ThreadPage page) {
    var nodes = new JsonArray();
    for (ThreadPage.Root root : page.roots()) {
      if (root.comment().published()) nodes.add(node(site, page, root.comment()));
      root.replies().stream()
          .filter(ShownComment::published)
          .forEach(reply -> nodes.add(node(site, page, reply)));
    }
    var graph = new JsonObject().put("@context", "https://schema.org").put("@graph", nodes);
    return "<script type=\"application/ld+json\">"
        + graph.encode().replace("<", "\\u003c")
        + "</script>\n";
  }

  private JsonObject node(Site site, ThreadPage page, ShownComment comment) {
    String id = publicBaseUrl + "/c/" + new PublicId(site.id(), comment.id());
    var node =
        new JsonObject()
            .put("@type", "Comment")
            .put("@id", id)
            .put("author", new JsonObject().put("@type", "Person").put("name", comment.name()))
            .put("dateCreated", comment.createdAt().toInstant().toString())
            .put("text", Markup.renderHtml(comment.html()).text());
    if (page.head().url() != null) node.put("about", page.head().url());
    if (!comment.isRoot()) {
      node.put(
          "parentItem",
          new JsonObject()
              .put("@id", publicBaseUrl + "/c/" + new PublicId(site.id(), comment.parentId())));
    }
    return node;
  }
}
