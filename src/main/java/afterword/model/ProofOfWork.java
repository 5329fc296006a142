package afterword.model;

import java.util.Locale;
import java.util.Optional;

/** When a post must come with a proof of work. */
public enum ProofOfWork {
  OFF,
  /** While the site is sent unusually many comments, and where a newcomer sets links. */
  WHEN_RISKY;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<ProofOfWork> of(String word) {
    for (ProofOfWork one : values()) if (one.word().equals(word)) return Optional.of(one);
    return Optional.empty();
  }
}
