package afterword.rules;

import afterword.model.Opinion;
import afterword.model.Submission;
import java.util.Optional;

/** Holds what somebody outside advises against. Nobody outside can publish, refuse or delete. */
final class OutsideOpinion implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts.opinions().stream()
        .filter(o -> o.says() == Opinion.Says.HOLD || o.says() == Opinion.Says.SPAM)
        .findFirst()
        .flatMap(opinion -> Rule.hold(Reason.OUTSIDE_OPINION, opinion.source()));
  }
}
