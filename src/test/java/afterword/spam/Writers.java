package afterword.spam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Writes believable comments and spam out of templates, the same ones for the same seed. */
public final class Writers {
  public static final List<String> LANGUAGES =
      List.of("en", "de", "fr", "es", "it", "pt", "ru", "ja", "zh", "ar");

  private final List<Phrases> languages;
  private final Random random;
  private final Slots slots;

  /** A text with what is known about it. */
  public record Written(Writing writing, boolean spam, String language, String kind) {}

  /**
   * Of longer comments, one in so many has a link; in training more, to learn which ones are good.
   */
  private final int linkOneIn;

  private Writers(List<Phrases> languages, long seed, int linkOneIn) {
    this.linkOneIn = linkOneIn;
    this.languages = languages;
    this.random = new Random(seed);
    this.slots = new Slots(random);
  }

  static List<Phrases> phrases(String set) {
    return LANGUAGES.stream().map(language -> Phrases.of(set, language)).toList();
  }

  static Writers training(long seed) {
    return new Writers(phrases("training"), seed, 4);
  }

  static Writers of(List<Phrases> languages, long seed) {
    return new Writers(languages, seed, 4);
  }

  /** Whose templates took no part in training. */
  public static Writers heldOut(long seed) {
    return new Writers(phrases("held-out"), seed, 12);
  }

  /** English more often than each other language. */
  private Phrases anyLanguage() {
    return languages.get(random.nextInt(5) < 2 ? 0 : random.nextInt(languages.size()));
  }

  public Written good() {
    return good(anyLanguage());
  }

  public Written good(String language) {
    return good(in(language));
  }

  private Phrases in(String language) {
    return languages.get(LANGUAGES.indexOf(language));
  }

  private Written good(Phrases in) {
    String kind =
        random.nextInt(4) == 0 ? "short" : random.nextInt(linkOneIn) == 0 ? "goodlink" : "good";
    var text = new StringBuilder();
    if (random.nextInt(25) == 0) text.append("> ").append(said(in, "good")).append("\n\n");
    text.append(said(in, kind));
    int more =
        kind.equals("short")
            ? random.nextInt(6) == 0 ? 1 : 0
            : random.nextInt(3) + (random.nextInt(10) == 0 ? 5 : 0);
    for (int i = 0; i < more; i++) text.append(gap(in)).append(said(in, "good"));
    if (in.has("common") && random.nextInt(3) == 0)
      text.append(gap(in)).append(listed(in, "common", 12));
    if (random.nextInt(12) == 0)
      text.append(slots.pick(" :)", " 😀", " 🙂🙂", " ❤", " :-(", " 👍", " xx"));
    Optional<String> url = random.nextInt(8) == 0 ? Optional.of(slots.blog()) : Optional.empty();
    return new Written(
        new Writing(sloppy(text.toString()), slots.signature(), url), false, in.language, kind);
  }

  public Written spam() {
    Phrases in = anyLanguage();
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4, 5, 6 -> promotion(in);
      case 7, 8, 9, 10, 11 -> offer(in);
      case 12, 13 -> flattery(in);
      case 14, 15 -> linkFarm();
      case 16, 17 -> copied(in);
      case 18 -> bareLink();
      case 19 -> stuffed(in);
      default -> in.has("lexicon") ? salad(in) : stuffed(in);
    };
  }

  /** Spam that is made of text: no list of links, no bare address. */
  public Written spamText() {
    Phrases in = anyLanguage();
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> promotion(in);
      case 4, 5, 6, 7 -> offer(in);
      default -> flattery(in);
    };
  }

  /** Look at my channel. */
  public Written promotion(Phrases in) {
    var text = new StringBuilder();
    if (random.nextInt(5) == 0) text.append(said(in, "short")).append(gap(in));
    text.append(said(in, "promo"));
    if (random.nextInt(3) == 0) text.append(gap(in)).append(said(in, "promo"));
    if (random.nextInt(4) == 0) text.append(gap(in)).append(slots.badLink());
    return spam(in, "promotion", disguised(loud(text.toString())));
  }

  public Written promotion(String language) {
    return promotion(in(language));
  }

  /** Something to buy, to win, to fall for. */
  public Written offer(Phrases in) {
    var text = new StringBuilder();
    if (random.nextInt(4) == 0)
      text.append(said(in, random.nextBoolean() ? "short" : "good")).append(gap(in));
    text.append(said(in, "offer"));
    if (random.nextInt(3) == 0) text.append(gap(in)).append(said(in, "offer"));
    if (random.nextInt(5) > 0) text.append(gap(in)).append(said(in, "call"));
    return spam(in, "offer", disguised(loud(text.toString())));
  }

  public Written offer(String language) {
    return offer(in(language));
  }

  /** Praise for anything, with a link. */
  public Written flattery(Phrases in) {
    var text = new StringBuilder(said(in, "flattery"));
    if (random.nextBoolean()) text.append(gap(in)).append(said(in, "flattery"));
    boolean own = random.nextBoolean();
    if (!own)
      text.append(gap(in))
          .append(random.nextBoolean() ? said(in, "call") : keyword() + " " + slots.badLink());
    Optional<String> url = own ? Optional.of(slots.badLink()) : Optional.empty();
    String name = random.nextBoolean() ? keyword() : slots.signature();
    return new Written(new Writing(text.toString(), name, url), true, in.language, "flattery");
  }

  public Written linkFarm() {
    var text = new StringBuilder();
    int style = random.nextInt(5);
    for (int i = 2 + random.nextInt(12); i > 0; i--) {
      String link = slots.badLink();
      String key = keyword();
      text.append(
          switch (style) {
            case 0 -> "[url=" + link + "]" + key + "[/url] ";
            case 1 -> key + " (" + link + ")\n";
            case 2 -> "<a href=\"" + link + "\">" + key + "</a> ";
            case 3 -> link + "\n";
            default -> key + " - " + link + " | ";
          });
    }
    return spam(languages.get(0), "links", text.toString().strip());
  }

  /** What somebody else wrote, changed a little, with a link. */
  public Written copied(Phrases in) {
    return copied(good(in).writing().text(), in);
  }

  public Written copied(String text, String language) {
    return copied(text, in(language));
  }

  private Written copied(String original, Phrases in) {
    String noisy = original.contains("/") ? original : noisy(original);
    String pitch = random.nextBoolean() ? slots.badLink() : said(in, "call");
    String text =
        switch (random.nextInt(4)) {
          case 0 -> pitch + "\n" + noisy;
          case 1 ->
              noisy
                  + gap(in)
                  + said(in, random.nextBoolean() ? "promo" : "offer")
                  + " "
                  + slots.badLink();
          default -> noisy + gap(in) + pitch;
        };
    return spam(in, "copied", text);
  }

  public Written bareLink() {
    String text = slots.badLink() + (random.nextInt(3) == 0 ? " " + keyword() : "");
    return spam(languages.get(0), "bare link", text);
  }

  /** A long text with keywords strewn in. */
  private Written stuffed(Phrases in) {
    var text = new StringBuilder();
    for (int i = 3 + random.nextInt(6); i > 0; i--) {
      text.append(said(in, random.nextInt(3) == 0 ? "offer" : "good")).append(' ');
      if (random.nextInt(2) == 0) text.append(keyword()).append(' ');
    }
    return spam(in, "stuffed", text + slots.badLink());
  }

  /** Words that spam is made of, in no order: its vocabulary beyond the templates. */
  private Written salad(Phrases in) {
    var text = new StringBuilder(listed(in, "lexicon", 5));
    if (random.nextBoolean()) text.append(gap(in)).append(listed(in, "common", 8));
    if (random.nextInt(3) == 0) text.append(gap(in)).append(listed(in, "lexicon", 2));
    if (random.nextInt(4) == 0) text.append(gap(in)).append(slots.badLink());
    return spam(in, "salad", disguised(loud(text.toString())));
  }

  private String listed(Phrases in, String section, int most) {
    var text = new StringBuilder();
    for (int i = 1 + random.nextInt(most); i > 0; i--)
      text.append(in.line(section, random)).append(i > 1 ? gap(in).replace("\n", " ") : "");
    return text.toString();
  }

  private Written spam(Phrases in, String kind, String text) {
    String name =
        random.nextInt(5) == 0
            ? keyword()
            : random.nextInt(6) == 0
                ? slots.word() + (100 + random.nextInt(9000))
                : slots.signature();
    Optional<String> url = random.nextInt(5) == 0 ? Optional.of(slots.badLink()) : Optional.empty();
    return new Written(new Writing(text, name, url), true, in.language, kind);
  }

  private String keyword() {
    return languages.get(0).line("keywords", random);
  }

  private String said(Phrases in, String section) {
    return slots.fill(in.line(section, random), in.lines("topics"), slots::badLink);
  }

  private String gap(Phrases in) {
    if (random.nextInt(6) == 0) return random.nextBoolean() ? "\n" : "\n\n";
    return in.language.equals("ja") || in.language.equals("zh") ? "" : " ";
  }

  /** As people type: in a hurry, without capitals, with letters too many. */
  private String sloppy(String text) {
    if (text.contains("/")) return text;
    return switch (random.nextInt(14)) {
      case 0, 1 -> text.toLowerCase();
      case 2 -> text.replace(".", "").replace(",", "");
      case 3 -> noisy(text);
      case 4 -> text.replaceFirst("!", "!!!");
      case 5 -> text.length() < 60 ? text.toUpperCase() : text;
      case 6 -> text.replaceFirst("o(?=\\b|[^o]\\b)", "ooo");
      default -> text;
    };
  }

  private String loud(String text) {
    return switch (random.nextInt(8)) {
      case 0 -> text.toUpperCase();
      case 1 -> text + slots.pick("!!!", " !!!!!!", " 🔥🔥🔥", " 💰💰", " 👇👇👇", " 🎁");
      case 2 -> text.toLowerCase();
      case 3 -> text.replace(".", "").replace(",", "").replace("!", "");
      default -> text;
    };
  }

  /** As filters are slipped by: other letters that look the same, digits, dots, wide letters. */
  private String disguised(String text) {
    if (text.contains("/") || text.contains("www")) return text;
    return switch (random.nextInt(16)) {
      case 0 -> swapped(text, "aeo", "аео", 3);
      case 1 -> swapped(text, "aeios", "43105", 4);
      case 2 -> wide(text);
      case 3 -> noisy(text);
      default -> text;
    };
  }

  private String swapped(String text, String from, String to, int oneIn) {
    if (text.contains("http") || text.contains("www")) return text;
    var swapped = new StringBuilder();
    for (char c : text.toCharArray()) {
      int at = from.indexOf(c);
      swapped.append(at >= 0 && random.nextInt(oneIn) == 0 ? to.charAt(at) : c);
    }
    return swapped.toString();
  }

  private static String wide(String text) {
    if (text.contains("http") || text.contains("www")) return text;
    return text.chars()
        .map(c -> c > 0x20 && c < 0x7F && Character.isLetter(c) ? c + 0xFEE0 : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private String noisy(String text) {
    var noisy = new StringBuilder(text);
    for (int i = 1 + text.length() / 60; i > 0 && noisy.length() > 4; i--) {
      int at = 1 + random.nextInt(noisy.length() - 2);
      if (!Character.isLetter(noisy.charAt(at)) || Character.isSurrogate(noisy.charAt(at)))
        continue;
      switch (random.nextInt(3)) {
        case 0 -> noisy.deleteCharAt(at);
        case 1 -> noisy.insert(at, noisy.charAt(at));
        default -> {
          char c = noisy.charAt(at);
          if (Character.isLetter(noisy.charAt(at - 1))) {
            noisy.setCharAt(at, noisy.charAt(at - 1));
            noisy.setCharAt(at - 1, c);
          }
        }
      }
    }
    return noisy.toString();
  }

  List<Written> mixed(int many) {
    var all = new ArrayList<Written>();
    for (int i = 0; i < many; i++) all.add(i % 2 == 0 ? good() : spam());
    return all;
  }
}
