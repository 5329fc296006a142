package afterword.notice;

import afterword.model.FieldError;
import afterword.notice.NoticeStore.Sent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of a notice, for who sent it; and the way to appeal. */
final class ReceiptPage {
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
    return page(view, ReasonsHtml.wrong(why), typed, errors);
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
            ReasonsHtml.wrong(why) + inputs(receipt, typed, List.of())));
  }

  private static String page(View view, String wrong, String typed, List<FieldError> errors) {
    var main = new StringBuilder(wrong).append(standing(view));
    for (Reasoned decision : view.decisions) main.append(ReasonsHtml.decision(decision));
    if (view.last().filter(last -> last.mayBeAppealed(view.now)).isPresent())
      main.append(
          ReasonsHtml.appeal(view.last().get(), view.alone, inputs(view.receipt, typed, errors)));
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
                        ? ReasonsHtml.waiting(last, view.alone)
                        : last.answers()
                            ? "<strong>Your appeal has been answered.</strong>"
                            : "<strong>A moderator has decided.</strong>")
            .orElse(
                "<strong>Your notice has been received.</strong> A moderator will decide on it. Keep the address of"
                    + " this page: it is the only way back to it.");
    return ReasonsHtml.standing(said);
  }

  private static String inputs(Receipt receipt, String typed, List<FieldError> errors) {
    return ReasonsHtml.inputs("/notices/" + receipt.number(), receipt.token(), typed, errors);
  }

  private static String receipt(View view) {
    var list = new StringBuilder("<section>\n<h2>What you sent</h2>\n<dl>\n");
    ReasonsHtml.row(list, "Receipt", view.receipt.number());
    ReasonsHtml.row(list, "Received", ReasonsHtml.DATE.format(view.sent.createdAt()));
    ReasonsHtml.row(list, "About", view.sent.notice().category().label());
    view.sent.notice().law().ifPresent(law -> ReasonsHtml.row(list, "Law", law));
    ReasonsHtml.row(list, "Why", view.sent.notice().explanation());
    view.sent.notice().name().ifPresent(name -> ReasonsHtml.row(list, "Name", name));
    view.sent.notice().email().ifPresent(email -> ReasonsHtml.row(list, "E-mail", email));
    ReasonsHtml.row(list, "This page", view.address);
    return list.append("</dl>\n</section>\n").toString();
  }
}
