package afterword.spam;

import java.lang.Character.UnicodeScript;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the shape of a comment and its author's name say, in no language. */
final class Signals {
  private static final Set<String> ENDINGS = Set.of("com", "net", "org", "ru", "info", "biz");
  private static final Set<String> DOTS =
      Set.of("dot", "punkt", "punto", "ponto", "point", "точка");
  private static final Pattern PHONE = Pattern.compile("\\+?\\d(?:[ ().-]?\\d){8,14}+");
  private static final Pattern MONEY =
      Pattern.compile(
          "[$€£¥₽]\\s?\\d|\\d\\s?(?:[$€£¥₽元円]|usd\\b|eur\\b|руб|dollars?\\b|euros?\\b)");
  private static final Pattern MARKUP = Pattern.compile("\\[/?url|\\[/?link|<a\\s|href=");
  private static final Pattern SPREAD =
      Pattern.compile("[\\p{L}\\p{N}]\\s?[\\[(]?\\s?\\.\\s?[\\])]?\\s(?:com|net|org|ru|info)\\b");
  private static final Pattern HANDLE = Pattern.compile("(?<![\\p{L}\\p{N}.])@[\\p{L}\\p{N}_]{3,}");

  private final Features to;
  private final Writing writing;
  private final List<FoundLink> links;
  private final List<String> words;
  private final List<String> name;

  Signals(
      Features to, Writing writing, List<FoundLink> links, List<String> words, List<String> name) {
    this.to = to;
    this.writing = writing;
    this.links = links;
    this.words = words;
    this.name = name;
  }

  void add() {
    addLength();
    addLetters();
    addPatterns();
    addRepetition();
    addName();
  }

  private void addLength() {
    int many = words.size();
    if (many <= 3) signal("very short");
    else if (many <= 12) signal("short");
    else if (many <= 40) signal("of middle length");
    else if (many <= 150) signal("long");
    else signal("very long");
    if (links.isEmpty()) return;
    signal(
        many <= 12
            ? "a link in a short text"
            : many <= 40 ? "a link and little text" : "a link in a long text");
  }

  private void addLetters() {
    String text = writing.text();
    int letters = 0, capitals = 0, pictures = 0, digits = 0, calls = 0, mixed = 0;
    boolean latin = false, other = false;
    for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (Character.isLetter(c)) {
        letters++;
        if (Character.isUpperCase(c)) capitals++;
        UnicodeScript script = UnicodeScript.of(c);
        latin |= script == UnicodeScript.LATIN;
        other |= script == UnicodeScript.CYRILLIC || script == UnicodeScript.GREEK;
      } else {
        if (latin && other) mixed++;
        latin = other = false;
        if (Character.isDigit(c)) digits++;
        else if (c == '!' || c == '！') calls++;
        else if (Reader.isPicture(c)) pictures++;
      }
    }
    if (mixed > 0 || (latin && other)) signal("letters of two scripts in one word");
    if (capitals > 12 && 2 * capitals > letters) signal("mostly capitals");
    if (digits > 6 && 4 * digits > letters) signal("many digits");
    if (calls >= 2) signal("exclamation marks");
    if (calls >= 5) signal("many exclamation marks");
    if (pictures >= 3) signal("many pictures");
  }

  private void addPatterns() {
    String low = Fold.of(writing.text().substring(0, Math.min(4_000, writing.text().length())));
    if (links.isEmpty() && PHONE.matcher(low).find()) signal("a telephone number");
    if (MONEY.matcher(low).find()) signal("an amount of money");
    if (MARKUP.matcher(low).find()) signal("link markup of other systems");
    if (SPREAD.matcher(low).find() || isSpelledOut()) signal("an address written to slip through");
    if (HANDLE.matcher(low).find()) signal("a handle");
  }

  private boolean isSpelledOut() {
    for (int i = 1; i < words.size(); i++)
      if (ENDINGS.contains(words.get(i)) && DOTS.contains(words.get(i - 1))) return true;
    return false;
  }

  private void addRepetition() {
    int many = words.size();
    if (many < 12) return;
    int distinct = new HashSet<>(words).size();
    if (distinct * 3 < many) signal("the same words again and again");
  }

  private void addName() {
    String given = writing.name();
    if (!LinkFinder.find(given).isEmpty()) signal("an address as a name");
    if (name.size() >= 4) signal("a long name");
    int digits = (int) given.chars().filter(Character::isDigit).count();
    if (digits >= 3) signal("digits in the name");
  }

  private void signal(String signal) {
    to.add(Hash.of('s', signal), 1, signal);
  }
}
