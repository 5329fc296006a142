package afterword.comment;

import afterword.markup.Link;
import afterword.markup.PlainText;
import afterword.markup.Rendered;
import afterword.model.Check;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Limits;
import afterword.model.Opinion;
import afterword.model.PagePolicy;
import afterword.model.Problem;
import afterword.model.Score;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.model.Status;
import afterword.model.Subject;
import afterword.model.Submission;
import afterword.rules.Facts;
import afterword.rules.Lists;
import afterword.rules.Reason;
import afterword.rules.Rules;
import afterword.rules.Ruling;
import afterword.rules.Verdict;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what is known to the facts that rules read, to what they say; and from what they refuse to
 * what the sender is told.
 */
final class Judgement {
  private static final Logger LOG = LoggerFactory.getLogger(Judgement.class);

  /**
   * One set of lists per present version of a site's settings: they are compared by identity and
   * let go with it.
   */
  private final LoadingCache<SiteSettings, Lists> lists =
      Caffeine.newBuilder().weakKeys().maximumSize(1_000).build(Lists::of);

  /** Skeletons take a while, and a site's staff stays the same. */
  private final LoadingCache<String, String> nameToSkeleton =
      Caffeine.newBuilder().maximumSize(10_000).build(PlainText::nameSkeleton);

  private final Scorer scorer;
  private final Advisers advisers;

  Judgement(Scorer scorer, Advisers advisers) {
    this.scorer = scorer;
    this.advisers = advisers;
  }

  /** Everything about a post that is to be judged. */
  record Case(
      Site site,
      Submission submission,
      KnownFacts known,
      Rendered body,
      Optional<byte[]> address,
      Instant now) {

    Subject subject() {
      Facts.Author author = known.author();
      return new Subject(
          site,
          submission,
          body.text(),
          hosts(body),
          author.approved(),
          author.turnedDown(),
          address);
    }
  }

  /** Whether a newcomer sets links. */
  boolean bringsLinks(Case asked) {
    return !asked.body.links().isEmpty()
        && facts(asked, Optional.empty(), List.of()).newcomerWithLinks();
  }

  Future<Judged> judge(Case asked) {
    return judge(asked, true);
  }

  /**
   * Those outside are asked last, and only about what would be published.
   *
   * @param all whether those outside are asked at all
   */
  Future<Judged> judge(Case asked, boolean all) {
    Subject subject = asked.subject();
    return score(subject).compose(score -> judge(asked, subject, score, all));
  }

  private Future<Judged> judge(Case asked, Subject subject, Optional<Score> score, boolean all) {
    Facts facts = facts(asked, score, List.of());
    Ruling ruling = Rules.judge(asked.submission, facts);
    boolean ask =
        all
            && ruling.verdict() instanceof Verdict.Publish
            && asked.site.settings().checks().outside().anybody();
    if (!ask) return Future.succeededFuture(judged(asked, facts, ruling));
    return advisers
        .ask(subject)
        .map(
            opinions -> {
              Facts more = facts(asked, score, opinions);
              return judged(asked, more, Rules.judge(asked.submission, more));
            });
  }

  private static Judged judged(Case asked, Facts facts, Ruling ruling) {
    JsonObject notes = Notes.of(asked.submission, facts, ruling.verdict());
    notes.put("judged", JudgedThen.of(asked.known, asked.submission, ruling.verdict(), asked.now));
    return new Judged(ruling.verdict(), ruling.shadow(), notes);
  }

  /** What the rules say now, with what was found out then; nobody is asked. */
  Ruling again(Case asked, Optional<Score> score, List<Opinion> opinions) {
    return Rules.judge(asked.submission, facts(asked, score, opinions));
  }

  /** A filter that fails has no opinion; the other rules have theirs. */
  private Future<Optional<Score>> score(Subject subject) {
    return Future.succeededFuture(subject)
        .compose(scorer::score)
        .recover(
            broken -> {
              LOG.error("the filter failed on site {}", subject.site().id(), broken);
              return Future.succeededFuture(Optional.empty());
            });
  }

  private Facts facts(Case asked, Optional<Score> score, List<Opinion> opinions) {
    Submission submission = asked.submission;
    KnownFacts known = asked.known;
    SiteSettings settings = asked.site.settings();
    Optional<Instant> articleAt = articleAt(known, submission);
    return new Facts(
        settings,
        PagePolicy.of(settings, submission.page().key(), known.page(), articleAt, asked.now),
        lists.get(settings),
        searched(submission.name(), asked.body.text()),
        hosts(asked.body),
        submission.url().flatMap(Judgement::host),
        author(known, submission.name()),
        known.repeats(),
        known.manner(),
        score,
        opinions);
  }

  static Optional<Instant> articleAt(KnownFacts known, Submission submission) {
    return known.articleAt().or(submission.page()::publishedAt);
  }

  private Facts.Author author(KnownFacts known, String name) {
    Facts.Author a = known.author();
    String skeleton = known.staff().isEmpty() ? "" : PlainText.nameSkeleton(name);
    boolean staffName =
        !skeleton.isEmpty()
            && known.staff().stream().map(nameToSkeleton::get).anyMatch(skeleton::equals);
    return new Facts.Author(a.ban(), a.approved(), a.turnedDown(), a.flags(), staffName);
  }

  private static List<String> hosts(Rendered body) {
    return body.links().stream().map(Link::host).toList();
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost()).map(h -> h.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
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
    if (known.parent().get().locked()) throw locked();
  }

  private static FailureException locked() {
    return FailureException.invalid(
        List.of(new FieldError("/parentId", "locked", "This comment takes no answers any more.")));
  }

  static FailureException refusal(Reason reason) {
    return switch (reason) {
      case BANNED -> FailureException.refused(Problem.BANNED, "You may not comment on this site.");
      case PAGE_CLOSED, PAGE_TOO_OLD ->
          FailureException.refused(Problem.PAGE_CLOSED, "Comments on this page are closed.");
      case STAFF_NAME ->
          FailureException.invalid(
              List.of(
                  new FieldError(
                      "/author/name",
                      "staff-name",
                      "This name is too much like that of somebody who moderates here. Choose another.")));
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

  /** What the site would rather have the sender look at again; empty where there is nothing. */
  static Optional<FailureException> nudge(Site site, Judged judged) {
    if (!(judged.verdict() instanceof Verdict.Hold hold)) return Optional.empty();
    var errors = new ArrayList<FieldError>();
    var members = new ArrayList<Map<String, String>>();
    for (Check check : site.settings().checks().nudge()) {
      Reason reason = Reason.valueOf(check.name());
      if (!check.canNudge() || !hold.reasons().contains(reason)) continue;
      String found = hold.found().getOrDefault(reason, "");
      errors.add(new FieldError("/body", reason.code(), reason.sentence() + named(found)));
      members.add(Map.of("reason", reason.code(), "found", found));
    }
    if (errors.isEmpty()) return Optional.empty();
    String detail =
        errors.get(0).detail()
            + " Change it, or send it again: then a moderator looks at it first.";
    return Optional.of(
        new FailureException(new Failure.Nudge(detail, errors, Map.of("nudge", members))));
  }

  private static String named(String found) {
    return found.isEmpty() ? "" : " It is \u201c" + found + "\u201d.";
  }

  /** Days are those of UTC. */
  static FailureException dayFull(Instant now) {
    Instant tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    long seconds = Math.max(1, Duration.between(now, tomorrow).toSeconds());
    return new FailureException(
        new Failure.TooMany(
            "That is as much as one may post here on a day. Your text is not lost.", seconds));
  }

  static FailureException inFlight() {
    return new FailureException(
        new Failure.Conflict(
            Problem.IN_FLIGHT, "This post is being stored right now. Ask again in a second."));
  }
}
