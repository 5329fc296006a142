package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds a link to one of the site's blocked domains, in the text or behind the author's name. */
final class LinkDomain implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return Stream.concat(facts.linkHosts().stream(), facts.authorHost().stream())
        .flatMap(host -> facts.lists().domains().match(host).stream())
        .findFirst()
        .flatMap(domain -> Rule.hold(Reason.LINK_DOMAIN, domain));
  }
}
