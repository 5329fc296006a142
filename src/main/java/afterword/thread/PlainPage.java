package afterword.thread;

import afterword.markup.FormFields;
import afterword.markup.Html;
import afterword.markup.Template;
import afterword.model.FieldError;
import afterword.model.Site;
import java.util.List;
import java.util.Map;

/** The thread as a page that reads and posts without script. */
final class PlainPage {
  private static final Template TEMPLATE = Template.of("/web/page/thread.html");

  private PlainPage() {}

  /**
   * @param asked the page as the address names it; @param replyTo id and name, or null
   */
  record View(
      Site site,
      String asked,
      ThreadPage page,
      Order order,
      String next,
      ReplyTo replyTo,
      String stamp) {}

  record ReplyTo(String id, String name) {}

  static String thread(View view, CommentHtml.Links links) {
    var body = new StringBuilder();
    body.append(sort(view));
    if (view.page().roots().isEmpty())
      body.append("<p class=\"empty\">Nobody has written anything yet.</p>\n");
    else body.append(CommentHtml.list(view.site(), view.page().roots(), links));
    if (view.next() != null) {
      body.append("<p class=\"more\"><a rel=\"next\" href=\"")
          .append(view.next())
          .append("\">More comments</a></p>\n");
    }
    return filled(view, "", body.toString(), form(view, PlainForm.empty(), List.of()));
  }

  /** With what was typed, and what is wrong with it. */
  static String again(View view, PlainForm typed, String why, List<FieldError> errors) {
    var notice =
        new StringBuilder("<div class=\"notice wrong\" role=\"alert\"><p>")
            .append(Html.text(why))
            .append("</p>");
    for (FieldError error : PlainForm.others(errors))
      notice.append("<p>").append(Html.text(error.detail())).append("</p>");
    return filled(view, notice.append("</div>\n").toString(), "", form(view, typed, errors));
  }

  /**
   * @param html of the comment, safe
   * @param reasons where its author reads what was decided
   */
  static String held(View view, String html, String reasons) {
    String notice =
        """
        <div class="notice" role="status"><p><strong>Your comment waits for a moderator.</strong> Until then only
        you see it:</p></div>
        <div class="body">%s</div>
        <p><a href="%s">What was decided on it, and why</a>: keep this address. It is yours alone, and takes an appeal.</p>
        <p><a href="/t%s">Back to the comments</a></p>
        """
            .formatted(
                html,
                Html.text(reasons),
                Html.query("site", view.site().key(), "page", view.asked()));
    return filled(view, notice, "", "");
  }

  private static String filled(View view, String notice, String comments, String form) {
    ThreadPage.Head head = view.page().head();
    String name = head.title() == null ? head.key() : head.title();
    String count = head.count() == 1 ? "1 Comment" : head.count() + " Comments";
    String url = head.url();
    return TEMPLATE.fill(
        Map.of(
            "title",
            Html.text(count + ": " + name),
            "canonical",
            url == null ? "" : "<link rel=\"canonical\" href=\"" + Html.text(url) + "\">\n",
            "back",
            url == null
                ? ""
                : "<p class=\"back\"><a href=\""
                    + Html.text(url)
                    + "\">← "
                    + Html.text(name)
                    + "</a></p>\n",
            "heading",
            count
                + (head.open() && !form.isEmpty() ? ": <a href=\"#write\">Post a Comment</a>" : ""),
            "notice",
            notice,
            "comments",
            comments,
            "form",
            form));
  }

  private static String sort(View view) {
    if (view.page().roots().size() < 2) return "";
    var sort = new StringBuilder("<nav class=\"sort\" aria-label=\"Order\">");
    for (Order order : Order.values()) {
      sort.append("<a href=\"/t");
      sort.append(
              Html.query("site", view.site().key(), "page", view.asked(), "order", order.word()))
          .append('"');
      if (order == view.order()) sort.append(" aria-current=\"true\"");
      sort.append('>').append(nameOf(order)).append("</a>");
    }
    return sort.append("</nav>\n").toString();
  }

  private static String nameOf(Order order) {
    return switch (order) {
      case NEWEST -> "Newest first";
      case OLDEST -> "Oldest first";
      case BEST -> "Best first";
    };
  }

  private static String form(View view, PlainForm typed, List<FieldError> errors) {
    if (!view.page().head().open()) {
      return "<section id=\"write\"><p class=\"hint\">Comments on this page are closed.</p></section>\n";
    }
    ReplyTo parent = view.replyTo();
    var fields = new FormFields(typed::value, input -> PlainForm.wrongWith(input, errors));
    return """
        <section id="write">
        <h2>%s</h2>
        <form method="post" action="/t">
        <input type="hidden" name="site" value="%s">
        <input type="hidden" name="page" value="%s">
        <input type="hidden" name="stamp" value="%s">
        %s%s<div class="pair">
        %s%s</div>
        %s<p class="trap" aria-hidden="true"><label>Leave this empty <input name="contact" tabindex="-1" autocomplete="off"></label></p>
        <p><button>Post</button></p>
        </form>
        </section>
        """
        .formatted(
            parent == null ? "Post a Comment" : "Reply to " + Html.text(parent.name()),
            Html.text(view.site().key()),
            Html.text(view.asked()),
            view.stamp(),
            parent == null
                ? ""
                : "<input type=\"hidden\" name=\"parent\" value=\""
                    + Html.text(parent.id())
                    + "\">\n",
            fields.area(
                "body",
                "Comment",
                "required",
                "*italic*, **bold**, `code`, &gt; quote, links and lists are understood."),
            fields.input(
                "name",
                "Name",
                "autocomplete=\"name\""
                    + (view.site().settings().requireName() ? " required" : "")),
            fields.input("email", "E-mail, never shown", "type=\"email\" autocomplete=\"email\""),
            fields.input(
                "url",
                "Your page on the web",
                "type=\"url\" autocomplete=\"url\" placeholder=\"https://\""));
  }
}
