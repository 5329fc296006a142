package afterword.spam;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the slots of templates with names, numbers and addresses that nobody wrote down. */
final class Slots {
  private static final Pattern SLOT = Pattern.compile("<(\\w+)>");
  private static final String[] SYLLABLES =
      "ba be bo ca co da de di fa fi ga go ka ki la le lo ma mi mo na ne ni no pa pe po ra ri ro sa se so ta te ti to va vi wa zo"
          .split(" ");
  private static final String[] BAD_ENDINGS =
      "com com com com net org info xyz top site online shop club ru biz pro win live cc me"
          .split(" ");
  private static final String[] GOOD_ENDINGS =
      "com org org net de fr es it edu gov io uk eu jp".split(" ");
  private static final String[] BAD_WORDS =
      "bonus cash win casino deals cheap pills meds promo vip lucky free money loan bet hot seo rank followers store earn crypto coin shop sale best 24 365 777 pro online"
          .split(" ");
  private static final String[] GOOD_SITES =
      ("en.wikipedia.org/wiki/ de.wikipedia.org/wiki/ fr.wikipedia.org/wiki/ github.com/ stackoverflow.com/questions/ "
              + "www.bbc.co.uk/news/ archive.org/details/ www.nature.com/articles/ docs.python.org/3/ www.imdb.com/title/ "
              + "www.openstreetmap.org/way/ arxiv.org/abs/ www.youtube.com/watch?v= youtu.be/ ec.europa.eu/eurostat/ doi.org/10.")
          .split(" ");
  private static final String[] NAMES =
      "Anna Ben Clara David Eva Frank Greta Hugo Ida Jonas Kim Lena Marc Nina Otto Paula Rosa Sam Tina Uwe Vera Will Yara Zoe Amir Bao Chen Dmitri Emre Fatima Giulia Hana Ivan Jamal Keiko Luis Mei Noor Olga Pedro Rafael Sofia Tariq Yuki"
          .split(" ");

  private final Random random;

  Slots(Random random) {
    this.random = random;
  }

  String fill(String template, List<String> topics, Supplier<String> badLink) {
    String text = Phrases.chosen(template, random);
    for (int pass = 0; pass < 2; pass++) {
      Matcher slot = SLOT.matcher(text);
      var filled = new StringBuilder();
      while (slot.find())
        slot.appendReplacement(
            filled, Matcher.quoteReplacement(value(slot.group(1), topics, badLink)));
      text = slot.appendTail(filled).toString();
    }
    return text;
  }

  private String value(String slot, List<String> topics, Supplier<String> badLink) {
    return switch (slot) {
      case "topic" -> topics.get(random.nextInt(topics.size()));
      case "name" -> name();
      case "n" -> Integer.toString(1 + random.nextInt(random.nextBoolean() ? 9 : 90));
      case "nn" -> String.format("%02d", random.nextInt(60));
      case "year" -> Integer.toString(1985 + random.nextInt(42));
      case "money" -> money();
      case "city" ->
          pick("Lisbon Leeds Graz Lyon Osaka Austin Turin Kazan Recife Cairo".split(" "));
      case "handle" -> word() + pick("_", "", ".", "official", "music") + random.nextInt(1000);
      case "contact" -> contact();
      case "goodlink" -> goodLink();
      case "badlink" -> badLink.get();
      default -> throw new IllegalArgumentException("no such slot: " + slot);
    };
  }

  String name() {
    return pick(NAMES);
  }

  /** As people sign: a name, two, with a number, a nick. */
  String signature() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> name();
      case 3, 4 -> name() + " " + (char) ('A' + random.nextInt(26)) + capital(word()).substring(1);
      case 5 -> word() + random.nextInt(100);
      case 6 -> capital(word()) + " " + capital(word());
      default -> name().toLowerCase() + pick("", "_", "-") + word();
    };
  }

  String word() {
    var word = new StringBuilder();
    for (int i = 2 + random.nextInt(3); i > 0; i--) word.append(pick(SYLLABLES));
    return word.toString();
  }

  String goodLink() {
    String path =
        word() + pick("", "", "-" + word(), "/" + word(), "_" + random.nextInt(3000), ".html");
    if (random.nextInt(3) > 0) return "https://" + pick(GOOD_SITES) + path;
    String host = word() + pick("", "-" + word(), word()) + "." + pick(GOOD_ENDINGS);
    String scheme =
        random.nextInt(5) == 0 ? "" : pick("https://", "https://", "http://", "https://www.");
    return scheme
        + host
        + "/"
        + pick(
            "",
            random.nextInt(2) == 0 ? "blog/" : "",
            Integer.toString(2001 + random.nextInt(26)) + "/")
        + path;
  }

  String blog() {
    return "https://"
        + pick("", "www.", "blog.")
        + word()
        + "."
        + pick(GOOD_ENDINGS)
        + pick("", "", "/", "/about");
  }

  String badLink() {
    String scheme = pick("http://", "https://", "http://www.", "www.", "", "https://", "http://");
    String word = pick(BAD_WORDS);
    String host =
        switch (random.nextInt(6)) {
          case 0 -> word + "-" + word();
          case 1 -> word() + word;
          case 2 -> word + pick(BAD_WORDS) + random.nextInt(1000);
          case 3 -> word() + "-" + word + "-" + word();
          case 4 -> word().substring(0, 3) + random.nextInt(10);
          default -> word() + random.nextInt(100);
        };
    String path =
        switch (random.nextInt(7)) {
          case 0 -> "/" + Integer.toString(random.nextInt(1 << 30), 36);
          case 1 -> "/?ref=" + random.nextInt(100_000);
          case 2 -> "/" + pick(BAD_WORDS) + "-" + pick(BAD_WORDS);
          case 3 -> "/" + word() + "?id=" + random.nextInt(1000);
          case 4 -> "/";
          default -> "";
        };
    if (random.nextInt(12) == 0)
      return host + pick(" . ", " dot ", "[.]", " (.) ", ". ") + pick("com", "net", "org");
    if (random.nextInt(14) == 0)
      return "https://www."
          + pick("facebook.com", "youtube.com/user", "instagram.com", "twitter.com")
          + "/"
          + word()
          + random.nextInt(1000);
    return scheme + host + "." + pick(BAD_ENDINGS) + path;
  }

  private String contact() {
    return switch (random.nextInt(3)) {
      case 0 -> "+" + (1 + random.nextInt(98)) + digits(4) + pick(" ", "", "-") + digits(6);
      case 1 -> "@" + word() + random.nextInt(1000);
      default ->
          word()
              + random.nextInt(1000)
              + pick("@mail.example", " at mail dot example", "@proton.example");
    };
  }

  private String digits(int many) {
    var digits = new StringBuilder();
    for (int i = 0; i < many; i++) digits.append(random.nextInt(10));
    return digits.toString();
  }

  private String money() {
    int amount = (1 + random.nextInt(99)) * pick(1, 1, 10, 50, 100);
    return switch (random.nextInt(5)) {
      case 0 -> "$" + amount;
      case 1 -> amount + " €";
      case 2 -> amount + " " + pick("euros", "dollars", "USD", "euro");
      case 3 -> "£" + amount;
      default -> amount + "$";
    };
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
