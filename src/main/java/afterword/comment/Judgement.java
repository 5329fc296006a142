package afterword.comment;

import afterword.markup.PlainText;
import afterword.markup.Rendered;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Limits;
import afterword.model.Problem;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.model.Status;
import afterword.model.Submission;
import afterword.rules.Facts;
import afterword.rules.Reason;
import afterword.rules.WordList;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.List;

/**
 * From what is known to the facts that rules read, and from what they refuse to what the sender is
 * told.
 */
final class Judgement {
  /**
   * One list per present version of a site's settings: they are compared by identity and let go
   * with it.
   */
  private final LoadingCache<SiteSettings, WordList> blockedWords =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumSize(1_000)
          .build(settings -> WordList.of(settings.blockedWords()));

  Facts facts(Site site, Submission submission, KnownFacts known, Rendered body) {
    return new Facts(
        site.settings(),
        known.pageMode().orElse(site.settings().mode()),
        blockedWords.get(site.settings()),
        searched(submission.name(), body.text()),
        body.links().size(),
        known.pageOpen(),
        known.ban(),
        known.approved(),
        known.duplicate());
  }

  /** Folding takes so many code points at once; a text with addresses written out can be longer. */
  static String searched(String name, String text) {
    var folded = new StringBuilder(PlainText.fingerprintText(name));
    for (int from = 0; from < text.length(); ) {
      int to =
          text.offsetByCodePoints(
              from, Math.min(Limits.TEXT, text.codePointCount(from, text.length())));
      folded.append('\n').append(PlainText.fingerprintText(text.substring(from, to)));
      from = to;
    }
    return folded.toString();
  }

  static void requireParent(KnownFacts known, Submission submission) {
    if (submission.parent().isEmpty()) return;
    boolean fits =
        known
            .parent()
            .filter(
                p ->
                    p.status() == Status.PUBLISHED
                        && known.pageKnown()
                        && p.pageId() == known.pageId())
            .isPresent();
    if (!fits) throw noParent();
  }

  static FailureException refusal(Reason reason) {
    return switch (reason) {
      case BANNED -> FailureException.refused(Problem.BANNED, "You may not comment on this site.");
      case PAGE_CLOSED ->
          FailureException.refused(Problem.PAGE_CLOSED, "Comments on this page are closed.");
      case DUPLICATE ->
          new FailureException(
              new Failure.Conflict(
                  Problem.DUPLICATE_COMMENT, "You have posted this text here already."));
      default ->
          FailureException.invalid(
              List.of(new FieldError("/body", reason.code(), reason.sentence())));
    };
  }

  static FailureException noParent() {
    String detail = "The comment you reply to is not there any more.";
    return FailureException.invalid(List.of(new FieldError("/parentId", "unknown-parent", detail)));
  }

  static FailureException inFlight() {
    return new FailureException(
        new Failure.Conflict(
            Problem.IN_FLIGHT, "This post is being stored right now. Ask again in a second."));
  }
}
