package afterword.comment;

import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.ProofOfWork;
import afterword.model.Site;
import afterword.model.Submission;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whether a post must come with a proof of work, and whether the one it comes with holds. */
final class Proofs {
  private final Challenges challenges;
  private final Pace pace;

  Proofs(Challenges challenges, Pace pace) {
    this.challenges = challenges;
    this.pace = pace;
  }

  /**
   * What is asked of a post, and given.
   *
   * @param spent the proof that it gives and that nobody may give again
   */
  record Demand(boolean owed, Optional<byte[]> spent) {
    static final Demand NONE = new Demand(false, Optional.empty());
    static final Demand OWED = new Demand(true, Optional.empty());
  }

  /**
   * @param bringsLinks whether a newcomer sets links
   */
  Future<Demand> demand(Site site, Submission submission, boolean bringsLinks, Instant now) {
    if (site.settings().checks().proofOfWork() == ProofOfWork.OFF)
      return Future.succeededFuture(Demand.NONE);
    if (bringsLinks) return Future.succeededFuture(given(site, submission, now));
    return pace.isUnusual(site.id())
        .map(unusual -> unusual ? given(site, submission, now) : Demand.NONE);
  }

  private Demand given(Site site, Submission submission, Instant now) {
    return submission
        .proof()
        .flatMap(proof -> challenges.check(site, submission.page().key(), proof, now))
        .map(spent -> new Demand(false, Optional.of(spent)))
        .orElse(Demand.OWED);
  }

  Challenge challenge(Site site, String pageKey, Instant now) {
    return challenges.make(site, pageKey, now);
  }

  /** 428 with something to solve. */
  FailureException required(Site site, Submission submission, Instant now) {
    String detail =
        submission.proof().isEmpty()
            ? "Solve the challenge and send the same again with the proof."
            : "This proof is over, was used already or belongs to another page. Here is a new challenge.";
    Challenge challenge = challenge(site, submission.page().key(), now);
    return new FailureException(
        new Failure.Required(
            Problem.PROOF_REQUIRED, detail, Map.of("challenge", challenge.members())));
  }
}
