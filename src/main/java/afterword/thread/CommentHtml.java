package afterword.thread;

import afterword.markup.Html;
import afterword.model.PublicId;
import afterword.model.Site;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Comments as semantic HTML, nested by parent: for the page without script and for fragments. */
final class CommentHtml {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Site site;
  private final Links links;
  private final StringBuilder out = new StringBuilder(4_096);

  /**
   * Addresses, ready for an attribute: one comment, a reply to it, the form for a notice about it,
   * the rest of a root's replies.
   */
  record Links(
      Function<String, String> comment,
      Function<String, String> reply,
      Function<String, String> notice,
      Function<ThreadPage.Root, String> rest) {}

  private CommentHtml(Site site, Links links) {
    this.site = site;
    this.links = links;
  }

  static String list(Site site, List<ThreadPage.Root> roots, Links links) {
    var html = new CommentHtml(site, links);
    html.out.append("<ol class=\"comments\">\n");
    for (ThreadPage.Root root : roots) html.root(root);
    return html.out.append("</ol>\n").toString();
  }

  private void root(ThreadPage.Root root) {
    Map<Long, List<ShownComment>> parentToReplies = new HashMap<>();
    Map<Long, ShownComment> present = new HashMap<>();
    root.replies().forEach(reply -> present.put(reply.id(), reply));
    for (ShownComment reply : root.replies()) {
      long parent = present.containsKey(reply.parentId()) ? reply.parentId() : root.comment().id();
      parentToReplies.computeIfAbsent(parent, id -> new ArrayList<>()).add(reply);
    }
    open(root.comment());
    nested(root.comment().id(), parentToReplies);
    if (root.rest().isPresent()) {
      out.append("<p class=\"more\"><a href=\"")
          .append(links.rest().apply(root))
          .append("\">More of the ");
      out.append(root.replyCount()).append(" replies</a></p>\n");
    }
    out.append("</li>\n");
  }

  /** As deep as the site lets replies nest. */
  private void nested(long parent, Map<Long, List<ShownComment>> parentToReplies) {
    List<ShownComment> replies = parentToReplies.remove(parent);
    if (replies == null) return;
    out.append("<ol class=\"replies\">\n");
    for (ShownComment reply : replies) {
      open(reply);
      nested(reply.id(), parentToReplies);
      out.append("</li>\n");
    }
    out.append("</ol>\n");
  }

  private void open(ShownComment comment) {
    String id = new PublicId(site.id(), comment.id()).toString();
    out.append("<li id=\"comment-").append(id).append("\"><article>\n");
    if (comment.published()) shown(comment, id);
    else out.append("<p class=\"gone\">This comment is gone.</p>\n");
    out.append("</article>\n");
  }

  private void shown(ShownComment comment, String id) {
    String name = comment.name() == null || comment.name().isEmpty() ? "Anonymous" : comment.name();
    out.append("<div class=\"meta\"><h3>");
    if (comment.url() == null) out.append(Html.text(name));
    else {
      out.append("<a rel=\"nofollow ugc noopener noreferrer\" href=\"")
          .append(Html.text(comment.url()))
          .append("\">");
      out.append(Html.text(name)).append("</a>");
    }
    out.append("</h3>");
    if (comment.badge() != null)
      out.append("<span class=\"badge\">").append(Html.text(comment.badge())).append("</span>");
    if (comment.pinned()) out.append("<span class=\"badge\">pinned</span>");
    out.append("<a href=\"").append(links.comment().apply(id)).append("\"><time datetime=\"");
    out.append(comment.createdAt().toInstant())
        .append("\">")
        .append(DATE.format(comment.createdAt()))
        .append("</time></a>");
    if (comment.editedAt() != null) out.append("<span class=\"hint\">edited</span>");
    out.append("</div>\n<div class=\"body\">").append(comment.html()).append("</div>\n");
    String reply = links.reply().apply(id);
    String notice = links.notice().apply(id);
    if (reply == null && notice == null) return;
    out.append("<p class=\"act\">");
    if (reply != null) act(reply, "", "Reply", " to " + name);
    if (notice != null)
      act(notice, " rel=\"nofollow\"", "Report as illegal", ": comment of " + name);
    out.append("</p>\n");
  }

  /**
   * @param more for those who do not see where it stands
   */
  private void act(String address, String attributes, String words, String more) {
    out.append("<a href=\"").append(address).append('"').append(attributes).append('>');
    out.append(words)
        .append("<span class=\"trap\">")
        .append(Html.text(more))
        .append("</span></a>\n");
  }
}
