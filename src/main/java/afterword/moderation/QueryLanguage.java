package afterword.moderation;

import afterword.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What moderators type: {@code status:pending has:link author:"Ada L" -lang:en cheap "follow me"}.
 * A word with a name we do not know before its colon is a word to look for, as in an address.
 */
final class QueryLanguage {
  /** One condition; name "" for a word of the text. */
  record Term(String name, String value, boolean not) {}

  private static final Set<String> NAMES =
      Set.of(
          "status", "site", "reason", "page", "author", "lang", "has", "is", "link", "since",
          "before", "score", "flags");

  private static final Map<String, String> OTHER_NAMES =
      Map.of("language", "lang", "after", "since", "rule", "reason", "by", "author");

  private static final Pattern TERM =
      Pattern.compile(
          "(?<not>-)?(?:(?<name>[A-Za-z]+):)?(?:\"(?<quoted>[^\"]*)\"?|(?<plain>[^\\s\"]+))");

  static final int MOST_TERMS = 20;

  private QueryLanguage() {}

  static List<Term> read(String typed) {
    var terms = new ArrayList<Term>();
    Matcher match = TERM.matcher(typed);
    while (match.find()) {
      Term term = term(match);
      if (term.value.isBlank()) continue;
      if (terms.size() == MOST_TERMS)
        throw Query.wrong("q", "too-many", "Search for at most " + MOST_TERMS + " things at once.");
      terms.add(term);
    }
    return terms;
  }

  private static Term term(Matcher match) {
    boolean not = match.group("not") != null;
    String value = match.group("quoted") != null ? match.group("quoted") : match.group("plain");
    if (match.group("name") == null) return new Term("", value, not);
    String lower = match.group("name").toLowerCase(Locale.ROOT);
    String name = OTHER_NAMES.getOrDefault(lower, lower);
    return NAMES.contains(name)
        ? new Term(name, value, not)
        : new Term("", match.group("name") + ":" + value, not);
  }
}
