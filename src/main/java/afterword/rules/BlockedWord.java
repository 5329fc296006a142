package afterword.rules;

import afterword.model.Submission;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a text with a blocked word. Words are compared whole, in their normal form; "casino*" also
 * matches what begins, "*casino" what ends with it. The time is linear in the text for whole words.
 */
final class BlockedWord implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    List<String> blocked = facts.settings().blockedWords();
    if (blocked.isEmpty()) return Optional.empty();
    Set<String> words = Set.of();
    if (!facts.words().isEmpty()) words = new HashSet<>(List.of(facts.words().split("[^\\p{L}\\p{N}\\p{M}]+")));
    for (String pattern : blocked) {
      if (matches(pattern, words, facts.words())) return Rule.hold(Reason.BLOCKED_WORD);
    }
    return Optional.empty();
  }

  private static boolean matches(String pattern, Set<String> words, String text) {
    boolean openEnd = pattern.endsWith("*");
    boolean openStart = pattern.startsWith("*");
    String word = pattern.replace("*", "");
    if (word.isEmpty()) return false;
    if (word.indexOf(' ') >= 0) return text.contains(word);
    if (openStart && openEnd) return words.stream().anyMatch(w -> w.contains(word));
    if (openEnd) return words.stream().anyMatch(w -> w.startsWith(word));
    if (openStart) return words.stream().anyMatch(w -> w.endsWith(word));
    return words.contains(word);
  }
}
