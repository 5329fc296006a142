package afterword.notice;

import afterword.model.FieldError;
import afterword.model.PublicId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a comment was taken down, for its author; and the way to appeal. */
final class ReasonsPage {
  private ReasonsPage() {}

  /**
   * A comment and what was decided on it, as far as it is told to its author.
   *
   * @param html safe
   * @param alone whether nobody but who decided can answer an appeal
   */
  record View(
      PublicId comment,
      String token,
      String html,
      List<Reasoned> decisions,
      boolean alone,
      Instant now) {
    Optional<Reasoned> last() {
      return decisions.isEmpty()
          ? Optional.empty()
          : Optional.of(decisions.get(decisions.size() - 1));
    }

    private Optional<Reasoned> appealable() {
      return last().filter(last -> last.tellsAuthor() && last.mayBeAppealed(now));
    }
  }

  static String page(View view) {
    return page(view, "", "", List.of());
  }

  /** With the appeal that was typed, and what is wrong with it. */
  static String again(View view, String typed, String why, List<FieldError> errors) {
    return page(view, ReasonsHtml.wrong(why), typed, errors);
  }

  /** Where nothing can be known right now: the appeal that was typed, to be sent again. */
  static String unread(PublicId comment, String token, String typed, String why) {
    return filled(
        ReasonsHtml.wrong(why)
            + ReasonsHtml.inputs(ReasonsLink.path(comment), token, typed, List.of()));
  }

  private static String page(View view, String wrong, String typed, List<FieldError> errors) {
    var main = new StringBuilder(wrong).append(ReasonsHtml.standing(standing(view)));
    for (Reasoned decision : view.decisions) main.append(ReasonsHtml.decision(decision));
    view.appealable()
        .ifPresent(
            last ->
                main.append(
                    ReasonsHtml.appeal(
                        last,
                        view.alone,
                        ReasonsHtml.inputs(
                            ReasonsLink.path(view.comment), view.token, typed, errors))));
    main.append("<section>\n<h2>Your comment</h2>\n<blockquote class=\"quoted body\">")
        .append(view.html)
        .append("</blockquote>\n</section>\n");
    return filled(main.toString());
  }

  private static String standing(View view) {
    Optional<Reasoned> last = view.last();
    if (last.isEmpty())
      return "<strong>Nobody has given reasons for anything about it yet.</strong>";
    if (last.get().appealedAt().isPresent() && !last.get().answered())
      return ReasonsHtml.waiting(last.get(), view.alone);
    if (last.get().answers()) return "<strong>Your appeal has been answered.</strong>";
    return last.get().removes()
        ? "<strong>Your comment was taken down.</strong>"
        : "<strong>A moderator has decided again.</strong>";
  }

  private static String filled(String main) {
    return NoticePage.TEMPLATE.fill(
        Map.of("title", "Reasons for a decision on your comment", "back", "", "main", main));
  }
}
