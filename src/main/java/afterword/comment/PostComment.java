package afterword.comment;

import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.keys.Keys;
import afterword.markup.Markup;
import afterword.markup.PlainText;
import afterword.markup.Rendered;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Problem;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.model.Submission;
import afterword.rules.Facts;
import afterword.rules.Reason;
import afterword.rules.Rules;
import afterword.rules.Verdict;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Takes a submission: gathers the facts, lets the rules decide, stores once. Repeats a key's answer. */
public final class PostComment {
  private static final String UNIQUE_VIOLATION = "23505";

  private final FactStore facts;
  private final CommentStore comments;
  private final OwnerTokens tokens;
  private final Keys keys;
  private final EventFeed feed;
  private final Clock clock;

  public PostComment(Database database, Keys keys, EventFeed feed, Clock clock) {
    this.facts = new FactStore(database);
    this.comments = new CommentStore(database);
    this.tokens = new OwnerTokens(keys);
    this.keys = keys;
    this.feed = feed;
    this.clock = clock;
  }

  /** One attempt, with what stays the same when it has to look twice. */
  private record Attempt(Site site, Submission submission, String key, Prints prints, Client client, Instant now) {}

  Future<Posted> post(Site site, Submission submission, String idempotencyKey, Client client) {
    Prints prints = Prints.of(keys, site, submission, idempotencyKey, client);
    var attempt = new Attempt(site, submission, idempotencyKey, prints, client, clock.instant());
    return once(attempt).recover(cause -> keyWasTakenMeanwhile(cause) ? once(attempt) : Future.failedFuture(cause));
  }

  /** For a sender who is over the limit: the answer of a stored key, else the refusal. */
  Future<Posted> repeatOnly(
      Site site, Submission submission, String idempotencyKey, Client client, FailureException refusal) {
    Prints prints = Prints.of(keys, site, submission, idempotencyKey, client);
    var attempt = new Attempt(site, submission, idempotencyKey, prints, client, clock.instant());
    return facts
        .storedKey(site, prints, attempt.now)
        .compose(stored -> stored.map(s -> repeat(attempt, s)).orElseGet(() -> Future.failedFuture(refusal)));
  }

  private Future<Posted> once(Attempt attempt) {
    return facts
        .known(attempt.site, attempt.submission, attempt.prints, attempt.client, attempt.now)
        .compose(
            known ->
                known.storedKey().isPresent()
                    ? repeat(attempt, known.storedKey().get())
                    : judge(attempt, known));
  }

  private Future<Posted> repeat(Attempt attempt, KnownFacts.StoredKey stored) {
    if (!Arrays.equals(stored.requestHash(), attempt.prints.request())) {
      return Future.failedFuture(
          FailureException.refused(
              Problem.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used for another post. Make a new one."));
    }
    var id = new PublicId(attempt.site.id(), stored.commentId());
    return posted(id, stored.answer(), attempt.key, true);
  }

  private Future<Posted> judge(Attempt attempt, KnownFacts known) {
    requireParent(known, attempt.submission);
    Rendered body = Markup.render(attempt.submission.body());
    Verdict verdict = Rules.decide(attempt.submission, facts(attempt, known, body));
    if (verdict instanceof Verdict.Refuse refuse) return Future.failedFuture(refusal(refuse.reason()));
    return store(attempt, known, body, verdict);
  }

  private Future<Posted> store(Attempt attempt, KnownFacts known, Rendered body, Verdict verdict) {
    var id = new PublicId(attempt.site.id(), known.commentId());
    byte[] tokenHash = tokens.hash(id, tokens.of(id, attempt.key));
    return comments
        .insert(
            attempt.site, attempt.submission, body, known, verdict, attempt.prints, tokenHash,
            keys.addressKeyId(), attempt.now)
        .compose(
            stored ->
                switch (stored.outcome()) {
                  case IN_FLIGHT -> Future.failedFuture(inFlight());
                  case PARENT_GONE -> Future.failedFuture(noParent());
                  case STORED -> stored(attempt, known, verdict, id, stored.threadId());
                });
  }

  private Future<Posted> stored(Attempt attempt, KnownFacts known, Verdict verdict, PublicId id, long threadId) {
    Status status = CommentStore.status(verdict);
    long root = known.parent().map(KnownFacts.Parent::rootId).orElse(id.row());
    int delta = status == Status.PUBLISHED ? 1 : 0;
    feed.announce(new Event(id.site(), Event.Kind.COMMENT_ADDED, threadId, id.row(), root, delta));
    return posted(id, status == Status.PUBLISHED ? 201 : 202, attempt.key, false);
  }

  private Future<Posted> posted(PublicId id, int answer, String key, boolean repeated) {
    return comments
        .find(id)
        .map(found -> found.orElseThrow(() -> FailureException.notFound("The comment was erased.")))
        .map(comment -> new Posted(answer, comment, tokens.of(id, key), repeated));
  }

  private static Facts facts(Attempt attempt, KnownFacts known, Rendered body) {
    return new Facts(
        attempt.site.settings(),
        known.pageMode().orElse(attempt.site.settings().mode()),
        PlainText.fingerprintText(attempt.submission.name() + " " + body.text()),
        body.links().size(),
        known.pageOpen(),
        known.ban(),
        known.approved(),
        known.duplicate());
  }

  private static void requireParent(KnownFacts known, Submission submission) {
    if (submission.parent().isEmpty()) return;
    boolean fits =
        known.parent()
            .filter(p -> p.status() == Status.PUBLISHED && known.pageKnown() && p.pageId() == known.pageId())
            .isPresent();
    if (!fits) throw noParent();
  }

  private static FailureException refusal(Reason reason) {
    return switch (reason) {
      case BANNED -> FailureException.refused(Problem.BANNED, "You may not comment on this site.");
      case PAGE_CLOSED -> FailureException.refused(Problem.PAGE_CLOSED, "Comments on this page are closed.");
      case DUPLICATE -> new FailureException(
          new Failure.Conflict(Problem.DUPLICATE_COMMENT, "The same text was posted here within a day."));
      default -> FailureException.invalid(List.of(new FieldError("/body", reason.code(), reason.sentence())));
    };
  }

  private static FailureException noParent() {
    String detail = "The comment you reply to is not there any more.";
    return FailureException.invalid(List.of(new FieldError("/parentId", "unknown-parent", detail)));
  }

  private static FailureException inFlight() {
    return new FailureException(
        new Failure.Conflict(Problem.IN_FLIGHT, "This post is being stored right now. Ask again in a second."));
  }

  private static boolean keyWasTakenMeanwhile(Throwable cause) {
    return cause instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
  }
}
