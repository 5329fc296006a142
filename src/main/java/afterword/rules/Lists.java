package afterword.rules;

import afterword.model.SiteSettings;

/** A site's words and domains, made ready once per version of its settings. */
public record Lists(WordList blocked, WordList suspect, DomainList domains, DomainList allowed) {
  public static Lists of(SiteSettings settings) {
    return new Lists(
        WordList.of(settings.blockedWords()),
        WordList.of(settings.checks().suspectWords()),
        DomainList.of(settings.checks().blockedDomains()),
        DomainList.of(settings.checks().allowedDomains()));
  }
}
