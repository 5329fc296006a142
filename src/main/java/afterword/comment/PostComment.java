package afterword.comment;

import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.keys.Keys;
import afterword.markup.Markup;
import afterword.markup.Rendered;
import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.model.Submission;
import afterword.rules.Verdict;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a submission: gathers the facts, lets the rules decide, stores once. Repeats a key's
 * answer.
 */
public final class PostComment {
  private static final Logger LOG = LoggerFactory.getLogger(PostComment.class);

  private final FactStore facts;
  private final CommentStore comments;
  private final Judgement judgement;
  private final OwnerTokens tokens;
  private final Acquaintance acquaintance;
  private final Recall recall;
  private final Keys keys;
  private final EventFeed feed;
  private final Clock clock;
  private final Proofs proofs;
  private final Consumer<Verdict> verdicts;

  public PostComment(Database database, Keys keys, EventFeed feed, Clock clock) {
    this(database, keys, feed, clock, Scorer.NONE, Advisers.NONE);
  }

  public PostComment(
      Database database, Keys keys, EventFeed feed, Clock clock, Scorer scorer, Advisers advisers) {
    this(
        database,
        keys,
        feed,
        clock,
        scorer,
        advisers,
        new Pace(database, clock),
        new SecureRandom(),
        verdict -> {});
  }

  /**
   * @param verdicts is told each one, once for each submission that was stored or refused
   */
  public PostComment(
      Database database,
      Keys keys,
      EventFeed feed,
      Clock clock,
      Scorer scorer,
      Advisers advisers,
      Pace pace,
      RandomGenerator random,
      Consumer<Verdict> verdicts) {
    this.judgement = new Judgement(scorer, advisers);
    this.facts = new FactStore(database);
    this.comments = new CommentStore(database);
    this.tokens = new OwnerTokens(keys);
    this.acquaintance = new Acquaintance(database, keys);
    this.recall = new Recall(database, new AuditStore(), feed);
    this.keys = keys;
    this.feed = feed;
    this.clock = clock;
    this.proofs = new Proofs(new Challenges(keys, random), pace);
    this.verdicts = verdicts;
  }

  /** One attempt, with what stays the same when it has to look twice. */
  private record Attempt(
      Site site, Submission submission, String key, Prints prints, Client client, Instant now) {}

  /**
   * @param idempotencyKey 16 to 128 characters, new for each comment; the same one repeats the
   *     answer
   */
  public Future<Posted> post(
      Site site, Submission submission, String idempotencyKey, Client client) {
    return acquaintance
        .renew(site, submission.commenterKey(), client)
        .compose(renewed -> acquaintance.renewKey(site, idempotencyKey))
        .compose(renewed -> once(attempt(site, submission, idempotencyKey, client), true));
  }

  /** For a sender who is over the limit: the answer of a stored key, else the refusal. */
  public Future<Posted> repeatOnly(
      Site site,
      Submission submission,
      String idempotencyKey,
      Client client,
      FailureException refusal) {
    Attempt attempt = attempt(site, submission, idempotencyKey, client);
    return acquaintance
        .renewKey(site, idempotencyKey)
        .compose(renewed -> facts.storedKey(site, attempt.prints, attempt.now))
        .compose(
            stored ->
                stored.map(s -> repeat(attempt, s)).orElseGet(() -> Future.failedFuture(refusal)));
  }

  private Attempt attempt(Site site, Submission submission, String key, Client client) {
    Prints prints = Prints.of(keys, site, submission, key, client);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Attempt(site, submission, key, prints, client, now);
  }

  private Future<Posted> once(Attempt attempt, boolean mayLookTwice) {
    return facts
        .known(attempt.site, attempt.submission, attempt.prints, attempt.client, attempt.now)
        .compose(
            known ->
                known.storedKey().isPresent()
                    ? repeat(attempt, known.storedKey().get())
                    : judge(attempt, known, mayLookTwice));
  }

  private Future<Posted> repeat(Attempt attempt, KnownFacts.StoredKey stored) {
    if (!Prints.requests(keys, attempt.submission).contain(stored.requestHash())) {
      return Future.failedFuture(
          FailureException.refused(
              Problem.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key was used for another post. Make a new one."));
    }
    var id = new PublicId(attempt.site.id(), stored.commentId());
    return comments
        .find(id)
        .map(found -> found.orElseThrow(() -> FailureException.notFound("The comment was erased.")))
        .map(
            comment ->
                new Posted(stored.answer(), comment, tokens.again(comment, attempt.key), true));
  }

  private Future<Posted> judge(Attempt attempt, KnownFacts known, boolean mayLookTwice) {
    Judgement.requireParent(known, attempt.submission);
    Rendered body = Markup.render(attempt.submission.body());
    var asked =
        new Judgement.Case(
            attempt.site,
            attempt.submission,
            known,
            body,
            Optional.of(attempt.client.address()),
            attempt.now);
    return proofs
        .demand(attempt.site, attempt.submission, judgement.bringsLinks(asked), attempt.now)
        .compose(
            demand ->
                judgement
                    .judge(asked, !demand.owed())
                    .compose(judged -> act(attempt, asked, judged, demand, mayLookTwice)));
  }

  private Future<Posted> act(
      Attempt attempt,
      Judgement.Case asked,
      Judged judged,
      Proofs.Demand demand,
      boolean mayLookTwice) {
    KnownFacts known = asked.known();
    if (judged.verdict() instanceof Verdict.Refuse refuse) {
      verdicts.accept(refuse);
      return Future.failedFuture(Judgement.refusal(refuse.reason()));
    }
    Optional<FailureException> nudge = Judgement.nudge(attempt.site, judged);
    if (nudge.isPresent() && !known.nudged()) {
      return comments
          .rememberNudge(attempt.site.id(), attempt.prints.idempotencyKey(), attempt.now)
          .compose(remembered -> Future.failedFuture(nudge.get()));
    }
    if (demand.owed() && attempt.client.scripted()) return Future.failedFuture(unproven(attempt));
    Judged last = demand.owed() ? judged.unproven() : judged;
    var id = new PublicId(attempt.site.id(), known.commentId());
    byte[] tokenHash = tokens.hash(id, tokens.of(id, attempt.key));
    var comment =
        new NewComment(
            attempt.site,
            attempt.submission,
            asked.body(),
            known,
            last,
            demand.spent(),
            attempt.prints,
            tokenHash,
            keys.addressKeyId(),
            attempt.now);
    return Languages.ready()
        .compose(ready -> freeKey(attempt, known))
        .compose(free -> store(attempt, comment, mayLookTwice))
        .compose(
            posted -> posted.repeated() ? Future.succeededFuture(posted) : done(comment, posted));
  }

  /** What it shows about earlier ones is shown by the next one too, should that fail now. */
  private Future<Posted> done(NewComment comment, Posted posted) {
    verdicts.accept(comment.judged().verdict());
    return recall
        .after(comment)
        .recover(
            cause -> {
              LOG.warn("near-duplicates of comment {} stay as they are", comment.id().row(), cause);
              return Future.succeededFuture();
            })
        .map(posted);
  }

  private FailureException unproven(Attempt attempt) {
    return proofs.required(attempt.site, attempt.submission, attempt.now);
  }

  private Future<Void> freeKey(Attempt attempt, KnownFacts known) {
    if (!known.keyExpired()) return Future.succeededFuture();
    return comments.forgetKey(
        attempt.site.id(), attempt.prints.idempotencyKey(), attempt.now.minus(FactStore.A_DAY));
  }

  private Future<Posted> store(Attempt attempt, NewComment comment, boolean mayLookTwice) {
    return comments
        .insert(comment)
        .compose(
            inserted ->
                switch (inserted.outcome()) {
                  case STORED -> Future.succeededFuture(stored(attempt, comment, inserted));
                  case PARENT_GONE -> Future.failedFuture(Judgement.noParent());
                  case DAY_FULL -> Future.failedFuture(Judgement.dayFull(attempt.now));
                  case IN_FLIGHT -> Future.failedFuture(Judgement.inFlight());
                  case KEY_TAKEN -> again(attempt, mayLookTwice, Judgement::inFlight);
                  // Spent by another post, or by one with the same key a moment ago.
                  case PROOF_SPENT -> again(attempt, mayLookTwice, () -> unproven(attempt));
                });
  }

  private Future<Posted> again(
      Attempt attempt, boolean mayLookTwice, Supplier<FailureException> otherwise) {
    return mayLookTwice ? once(attempt, false) : Future.failedFuture(otherwise.get());
  }

  /** For who wants one before being asked. */
  Challenge challenge(Site site, String pageKey) {
    return proofs.challenge(site, pageKey, clock.instant());
  }

  private Posted stored(Attempt attempt, NewComment comment, CommentStore.Inserted inserted) {
    int delta = comment.status() == Status.PUBLISHED ? 1 : 0;
    PublicId id = comment.id();
    feed.announce(
        new Event(
            id.site(),
            Event.Kind.COMMENT_ADDED,
            inserted.threadId(),
            id.row(),
            comment.rootId(),
            delta));
    return new Posted(
        comment.answer(),
        comment.stored(inserted.commenterId()),
        tokens.of(id, attempt.key),
        false);
  }
}
