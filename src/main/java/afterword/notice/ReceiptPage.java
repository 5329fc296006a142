package afterword.notice;

import afterword.markup.FormFields;
import afterword.markup.Html;
import afterword.model.FieldError;
import afterword.notice.NoticeStore.Sent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What became of a notice, for who sent it; and the way to appeal. */
final class ReceiptPage {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private ReceiptPage() {}

  /**
   * A notice and what was decided on it.
   *
   * @param address of this page, with the secret
   * @param alone whether nobody but who decided can answer an appeal
   */
  record View(
      Receipt receipt,
      Sent sent,
      List<Reasoned> decisions,
      String address,
      boolean alone,
      Instant now) {
    Optional<Reasoned> last() {
      return decisions.isEmpty()
          ? Optional.empty()
          : Optional.of(decisions.get(decisions.size() - 1));
    }
  }

  static String page(View view) {
    return page(view, "", "", List.of());
  }

  /** With the appeal that was typed, and what is wrong with it. */
  static String again(View view, String typed, String why, List<FieldError> errors) {
    return page(view, wrong(why), typed, errors);
  }

  /** Of a receipt that cannot be read right now: the appeal that was typed, to be sent again. */
  static String unread(Receipt receipt, String typed, String why) {
    return NoticePage.TEMPLATE.fill(
        Map.of(
            "title",
            "Notice " + receipt.number(),
            "back",
            "",
            "main",
            wrong(why) + inputs(receipt, typed, List.of())));
  }

  private static String wrong(String why) {
    return "<div class=\"notice wrong\" role=\"alert\"><p>" + Html.text(why) + "</p></div>\n";
  }

  private static String page(View view, String wrong, String typed, List<FieldError> errors) {
    var main = new StringBuilder(wrong).append(standing(view));
    for (Reasoned decision : view.decisions) main.append(decision(decision));
    if (view.last().filter(last -> last.mayBeAppealed(view.now)).isPresent())
      main.append(form(view, typed, errors));
    main.append(receipt(view));
    return NoticePage.TEMPLATE.fill(
        Map.of(
            "title",
            "Notice " + view.receipt.number(),
            "back",
            view.last().filter(Reasoned::removes).isPresent()
                ? ""
                : "<p class=\"back\"><a rel=\"noreferrer\" href=\"/c/"
                    + view.sent.comment()
                    + "\">← To the comment</a></p>\n",
            "main",
            main.toString()));
  }

  private static String standing(View view) {
    String said =
        view.last()
            .map(
                last ->
                    last.appealedAt().isPresent() && !last.answered()
                        ? "<strong>Your appeal waits for another moderator.</strong> You sent it on "
                            + DATE.format(last.appealedAt().get())
                            + "."
                            + (view.alone
                                ? " The site has one moderator only, so its owner will answer it."
                                : "")
                        : last.answers()
                            ? "<strong>Your appeal has been answered.</strong>"
                            : "<strong>A moderator has decided.</strong>")
            .orElse(
                "<strong>Your notice has been received.</strong> A moderator will decide on it. Keep the address of"
                    + " this page: it is the only way back to it.");
    return "<div class=\"notice\" role=\"status\"><p>" + said + "</p></div>\n";
  }

  private static String decision(Reasoned decision) {
    var facts = new StringBuilder("<section>\n<h2>");
    facts
        .append(
            decision.answers()
                ? "Answer to your appeal"
                : decision.statement().isPresent() ? "Decision" : "Decided again")
        .append("</h2>\n<dl>\n");
    row(facts, "Decided", DATE.format(decision.at()));
    row(
        facts,
        "What was done",
        decision.removes() ? "The comment was taken down." : "The comment stays.");
    decision
        .statement()
        .ifPresentOrElse(
            statement -> reasons(facts, statement),
            () -> row(facts, "Reasons", "None were given to you: it was about something else."));
    return facts.append("</dl>\n</section>\n").toString();
  }

  private static void reasons(StringBuilder facts, Statement statement) {
    row(
        facts,
        "Ground",
        switch (statement.ground()) {
          case LAW -> "It is against the law.";
          case TERMS -> "It is against the terms of the site.";
          case NONE -> "It is against neither the law nor the terms of the site.";
        });
    statement.reference().ifPresent(text -> row(facts, "Namely", text));
    row(facts, "Reasons", statement.facts());
    row(facts, "Automated means", statement.automated() ? "They were used." : "None were used.");
  }

  private static void row(StringBuilder list, String term, String text) {
    list.append("<dt>").append(term).append("</dt><dd class=\"said\">");
    list.append(Html.text(text)).append("</dd>\n");
  }

  private static String form(View view, String typed, List<FieldError> errors) {
    return """
        <section id="write">
        <h2>Appeal</h2>
        <p>If you think that this is wrong, say why until %s. %s You may also go to court, or to a certified body for
        out-of-court disputes.</p>
        %s</section>
        """
        .formatted(
            DAY.format(view.last().flatMap(Reasoned::appealUntil).orElseThrow()),
            view.alone
                ? "The site has one moderator only, so its owner answers."
                : "Another moderator answers.",
            inputs(view.receipt, typed, errors));
  }

  private static String inputs(Receipt receipt, String typed, List<FieldError> errors) {
    var fields = new FormFields(input -> typed, input -> NoticeForm.wrongWith(input, errors));
    return """
        <form method="post" action="/notices/%s">
        <input type="hidden" name="token" value="%s">
        %s<p><button>Send the appeal</button></p>
        </form>
        """
        .formatted(
            receipt.number(),
            Html.text(receipt.token()),
            fields.area("appeal", "Why is the decision wrong?", "required", ""));
  }

  private static String receipt(View view) {
    var list = new StringBuilder("<section>\n<h2>What you sent</h2>\n<dl>\n");
    row(list, "Receipt", view.receipt.number());
    row(list, "Received", DATE.format(view.sent.createdAt()));
    row(list, "About", view.sent.notice().category().label());
    view.sent.notice().law().ifPresent(law -> row(list, "Law", law));
    row(list, "Why", view.sent.notice().explanation());
    view.sent.notice().name().ifPresent(name -> row(list, "Name", name));
    view.sent.notice().email().ifPresent(email -> row(list, "E-mail", email));
    row(list, "This page", view.address);
    return list.append("</dl>\n</section>\n").toString();
  }
}
