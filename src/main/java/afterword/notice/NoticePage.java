package afterword.notice;

import afterword.markup.FormFields;
import afterword.markup.Html;
import afterword.markup.Template;
import afterword.model.FieldError;
import afterword.model.PublicId;
import afterword.notice.NoticeStore.Noticed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form that takes a notice about one comment. */
final class NoticePage {
  static final Template TEMPLATE = Template.of("/web/page/notice.html");

  private NoticePage() {}

  /**
   * What the form is about.
   *
   * @param noticed empty where it is not known at the moment
   * @param address of the comment
   */
  record View(PublicId comment, Optional<Noticed> noticed, String address, String stamp) {}

  static String empty(View view) {
    return page(view, "", NoticeForm.empty(), List.of());
  }

  /** With what was typed, and what is wrong with it. */
  static String again(View view, NoticeForm typed, String why, List<FieldError> errors) {
    var wrong =
        new StringBuilder("<div class=\"notice wrong\" role=\"alert\"><p>")
            .append(Html.text(why))
            .append("</p>");
    for (FieldError error : NoticeForm.others(errors))
      wrong.append("<p>").append(Html.text(error.detail())).append("</p>");
    return page(view, wrong.append("</div>\n").toString(), typed, errors);
  }

  private static String page(View view, String wrong, NoticeForm typed, List<FieldError> errors) {
    return TEMPLATE.fill(
        Map.of(
            "title",
            "Report a comment as illegal",
            "back",
            "<p class=\"back\"><a href=\"/c/"
                + view.comment()
                + "\">← Back to the comment</a></p>\n",
            "main",
            wrong + about(view) + form(view, typed, errors)));
  }

  private static String about(View view) {
    return view.noticed
        .map(
            noticed ->
                """
                <p>This is about the comment of <strong>%s</strong> on “%s”:</p>
                <blockquote class="quoted body">%s</blockquote>
                <p class="hint">Its address is <a href="/c/%s">%s</a>.</p>
                """
                    .formatted(
                        Html.text(
                            noticed.author() == null || noticed.author().isEmpty()
                                ? "Anonymous"
                                : noticed.author()),
                        Html.text(noticed.pageTitle().orElse(noticed.pageKey())),
                        noticed.html(),
                        view.comment,
                        Html.text(view.address)))
        .orElse("");
  }

  private static String form(View view, NoticeForm typed, List<FieldError> errors) {
    var fields = new FormFields(typed::value, input -> NoticeForm.wrongWith(input, errors));
    return """
        <section id="write">
        <p>A moderator reads what you write and decides. You are told the decision and its reasons, and may appeal.
        If you only dislike the comment, do not use this form.</p>
        <form method="post" action="/c/%1$s/notice">
        <input type="hidden" name="stamp" value="%2$s">
        %3$s%4$s%5$s<div class="pair">
        %6$s%7$s</div>
        %8$s<p class="trap" aria-hidden="true"><label>Leave this empty <input name="contact" tabindex="-1" autocomplete="off"></label></p>
        <p><button>Send the notice</button></p>
        </form>
        </section>
        """
        .formatted(
            view.comment,
            view.stamp,
            fields.choice("category", "What is it about?", Category.wordToLabel()),
            fields.input("law", "Which law does it break, if you know?", ""),
            fields.area(
                "explanation",
                "Why is the comment illegal?",
                "required",
                "Say which words, and what is known about them."),
            fields.input("name", "Your name", "autocomplete=\"name\""),
            fields.input("email", "Your e-mail", "type=\"email\" autocomplete=\"email\""),
            fields.tick(
                "goodFaith",
                "I believe in good faith that what I say here is accurate and complete."));
  }
}
