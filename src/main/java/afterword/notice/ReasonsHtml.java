package afterword.notice;

import afterword.markup.FormFields;
import afterword.markup.Html;
import afterword.model.FieldError;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How decisions, their reasons and the way to appeal look to those whom they are about. */
final class ReasonsHtml {
  static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private ReasonsHtml() {}

  static String wrong(String why) {
    return "<div class=\"notice wrong\" role=\"alert\"><p>" + Html.text(why) + "</p></div>\n";
  }

  /**
   * @param said in HTML: how it stands
   */
  static String standing(String said) {
    return "<div class=\"notice\" role=\"status\"><p>" + said + "</p></div>\n";
  }

  /**
   * @param last with an appeal that nobody has answered
   * @param alone whether nobody but who decided can answer it
   */
  static String waiting(Reasoned last, boolean alone) {
    return "<strong>Your appeal waits for another moderator.</strong> You sent it on "
        + DATE.format(last.appealedAt().orElseThrow())
        + "."
        + (alone ? " The site has one moderator only, so its owner will answer it." : "");
  }

  static String decision(Reasoned decision) {
    var facts = new StringBuilder("<section>\n<h2>");
    facts
        .append(
            decision.answers()
                ? "Answer to your appeal"
                : decision.statement().isPresent() ? "Decision" : "Decided again")
        .append("</h2>\n<dl>\n");
    row(facts, "Decided", DATE.format(decision.at()));
    row(facts, "What was done", done(decision));
    decision
        .statement()
        .ifPresentOrElse(
            statement -> reasons(facts, statement),
            () -> row(facts, "Reasons", "None were given to you: it was about something else."));
    return facts.append("</dl>\n</section>\n").toString();
  }

  private static String done(Reasoned decision) {
    if (decision.isGone())
      return "Nothing: the comment was gone already, withdrawn by its author or erased.";
    if (!decision.removes()) return "The comment stays.";
    return decision.changes() ? "The comment was taken down." : "The comment stays down.";
  }

  private static void reasons(StringBuilder facts, Statement statement) {
    row(
        facts,
        "Ground",
        switch (statement.ground()) {
          case LAW -> "It is against the law.";
          case TERMS -> "It is against the terms of the site.";
          case GONE -> "It was not decided whether it is against the law or the terms of the site.";
          case NONE -> "It is against neither the law nor the terms of the site.";
        });
    statement.reference().ifPresent(text -> row(facts, "Namely", text));
    row(facts, "Reasons", statement.facts());
    row(facts, "Automated means", statement.automated() ? "They were used." : "None were used.");
  }

  static void row(StringBuilder list, String term, String text) {
    list.append("<dt>").append(term).append("</dt><dd class=\"said\">");
    list.append(Html.text(text)).append("</dd>\n");
  }

  /**
   * @param last that may be appealed against
   * @param inputs as {@link #inputs} makes them
   */
  static String appeal(Reasoned last, boolean alone, String inputs) {
    return """
        <section id="write">
        <h2>Appeal</h2>
        <p>If you think that this is wrong, say why until %s. %s You may also go to court, or to a certified body for
        out-of-court disputes.</p>
        %s</section>
        """
        .formatted(
            DAY.format(last.appealUntil().orElseThrow()),
            alone
                ? "The site has one moderator only, so its owner answers."
                : "Another moderator answers.",
            inputs);
  }

  /**
   * @param action where it is sent to
   * @param token the secret of the page that it stands on
   */
  static String inputs(String action, String token, String typed, List<FieldError> errors) {
    var fields = new FormFields(input -> typed, input -> NoticeForm.wrongWith(input, errors));
    return """
        <form method="post" action="%s">
        <input type="hidden" name="token" value="%s">
        %s<p><button>Send the appeal</button></p>
        </form>
        """
        .formatted(
            action,
            Html.text(token),
            fields.area("appeal", "Why is the decision wrong?", "required", ""));
  }
}
