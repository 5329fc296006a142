package afterword.bench;

import afterword.journeys.RunningService;
import afterword.markup.PlainText;
import afterword.spam.Writers;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * People in ten languages who say a thing or two, and five kinds of bots: a flood from many
 * addresses, a slow drip of texts never twice the same, a link farm, copies of what people said
 * with noise and a link, and spam that people type, with forged headers.
 */
final class Crowd {
  /**
   * One attempt to post.
   *
   * @param at seconds after the beginning
   */
  record Post(String kind, boolean spam, long at, JsonObject body, Map<String, String> headers) {}

  /** Somebody who posts: a key in a browser, and an address, with what stands before it. */
  private record Sender(String key, String address, String name, Way way) {}

  /** How a person's posts reach the site. */
  private enum Way {
    PLAIN,
    /** A company's proxy that names the machine behind it. */
    COMPANY,
    /** A proxy that names the same address in every header there is. */
    TALKATIVE,
    /** An extension that makes up where its person is. */
    HIDING,
    /** A program of the person's own, which tells no time. */
    OTHER_PROGRAM
  }

  /** A month. */
  static final int SECONDS = 30 * 24 * 3_600;

  private static final int PAGES = 60;
  private static final int CAMPAIGN = 40;

  /** Below that, people do say the same. */
  private static final int LONG = 40;

  private final Random random;

  /** Of its own, so that texts stay the same whatever is asked of it. */
  private final Random ways;

  private final Writers people;
  private final Writers bots;
  private final List<Sender> persons = new ArrayList<>();
  private final List<Sender> humanLooking = new ArrayList<>();
  private final Set<String> said = new HashSet<>();
  private final int spam;

  Crowd(long seed, int persons, int spam) {
    this.random = new Random(seed);
    this.ways = new Random(seed * 31 + 3);
    this.people = Writers.heldOut(seed * 31 + 1);
    this.bots = Writers.heldOut(seed * 31 + 2);
    this.spam = spam;
    for (int i = 0; i < persons; i++) this.persons.add(sender(way()));
    for (int i = 0; i < spam / 5; i++) humanLooking.add(sender());
  }

  /** What everybody says first, whom the site then trusts: people, and bots that look like them. */
  List<Post> introductions() {
    var first = new ArrayList<Post>();
    for (Sender person : persons) first.add(goodOf(person, "introduction"));
    for (Sender bot : humanLooking) first.add(goodOf(bot, "introduction"));
    return first;
  }

  /** Everything in the order in which it arrives. */
  List<Post> mixed(boolean trusted) {
    var posts = new ArrayList<Post>();
    var fromPeople = new ArrayList<Post>();
    for (Sender person : persons)
      for (int i = 1 + random.nextInt(3); i > 0; i--) fromPeople.add(goodOf(person, null));
    posts.addAll(fromPeople);
    int each = spam / 5;
    posts.addAll(flood(each));
    for (int i = 0; i < each; i++) posts.add(spamOf("drip", bots.spamText(), sender()));
    for (int i = 0; i < each; i++) posts.add(spamOf("link farm", bots.linkFarm(), sender()));
    for (int i = 0; i < each; i++) {
      Post copied = fromPeople.get(random.nextInt(fromPeople.size()));
      posts.add(
          spamOf(
              "copy with noise",
              bots.copied(copied.body().getString("body"), language(copied)),
              sender(),
              Math.min(SECONDS, copied.at() + random.nextInt(SECONDS / 3))));
    }
    for (int i = 0; i < each; i++)
      posts.add(
          forged(
              spamOf(
                  "typed by people", bots.spamText(), trusted ? humanLooking.get(i) : sender())));
    posts.sort(java.util.Comparator.comparingLong(Post::at));
    return posts;
  }

  private static String language(Post post) {
    return post.kind().substring(post.kind().length() - 2);
  }

  /**
   * In their own words: templates would have two of a thousand people say the same long sentence,
   * letter for letter, as people do with "thanks" alone.
   */
  private Writers.Written ownWords() {
    Writers.Written written = people.good();
    while (written.writing().text().length() >= LONG
        && !said.add(PlainText.fingerprintText(written.writing().text()))) written = people.good();
    return written;
  }

  private Post goodOf(Sender person, String kind) {
    Writers.Written written = ownWords();
    JsonObject body = body(written, person, 4_000 + random.nextInt(90_000));
    body.getJsonObject("author").put("name", person.name);
    if (person.way == Way.OTHER_PROGRAM) body.remove("elapsedMs");
    String name = kind == null ? "good: " + written.language() : kind;
    return new Post(name, false, random.nextInt(SECONDS), body, headers(person));
  }

  /** The same text again and again, a few letters apart, from a new address each time. */
  private List<Post> flood(int many) {
    var posts = new ArrayList<Post>();
    while (posts.size() < many) {
      Writers.Written text = bots.spamText();
      int start = random.nextInt(SECONDS);
      for (int i = 0; i < CAMPAIGN && posts.size() < many; i++) {
        Post post = spamOf("flood", text, sender(), start + 60 * i);
        post.body().put("body", text.writing().text() + " " + (1000 + random.nextInt(9000)));
        posts.add(post);
      }
    }
    return posts;
  }

  private Post spamOf(String kind, Writers.Written written, Sender sender) {
    return spamOf(kind, written, sender, random.nextInt(SECONDS));
  }

  private Post spamOf(String kind, Writers.Written written, Sender sender, long at) {
    JsonObject body =
        body(written, sender, random.nextInt(3) == 0 ? 0 : 1_200 + random.nextInt(20_000));
    return new Post("spam: " + kind, true, at, body, headers(sender));
  }

  /**
   * A thousand senders that claim to be behind proxies: the service must count who it is told by
   * those it trusts.
   */
  private Post forged(Post post) {
    post.headers()
        .put("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:" + random.nextInt(140) + ".0)");
    post.headers().put("X-Real-IP", address(random));
    post.headers().put("Forwarded", "for=" + address(random));
    post.headers()
        .put("X-Forwarded-For", address(random) + ", " + post.headers().get("X-Forwarded-For"));
    return post;
  }

  private JsonObject body(Writers.Written written, Sender sender, int elapsedMs) {
    String key = "p" + random.nextInt(PAGES) + ".html";
    var author = new JsonObject().put("name", written.writing().name());
    written
        .writing()
        .url()
        .filter(url -> url.matches("https?://[a-z0-9./?=-]+"))
        .ifPresent(url -> author.put("url", url));
    return new JsonObject()
        .put(
            "page",
            new JsonObject()
                .put("key", key)
                .put("url", RunningService.ORIGIN + "/" + key)
                .put("title", "Page " + key))
        .put("author", author)
        .put("body", written.writing().text())
        .put("commenterKey", sender.key)
        .put("elapsedMs", elapsedMs);
  }

  private Map<String, String> headers(Sender sender) {
    var headers = new HashMap<String, String>();
    String address = sender.address;
    headers.put("X-Forwarded-For", address);
    switch (sender.way) {
      case COMPANY -> {
        String inside = "10." + ways.nextInt(256) + "." + ways.nextInt(256) + ".7";
        headers.put("X-Forwarded-For", inside + ", " + address);
        headers.put(
            "Forwarded", ways.nextBoolean() ? "for=" + inside : "for=\"_gate\";by=" + address);
        headers.put("Via", "1.1 gate");
      }
      case TALKATIVE -> {
        headers.put("X-Real-IP", address);
        headers.put("Forwarded", "for=" + address + ";proto=https");
      }
      case HIDING -> {
        headers.put("X-Forwarded-For", address(ways) + ", " + address);
        headers.put("X-Real-IP", address(ways));
      }
      default -> {}
    }
    return headers;
  }

  /** Of a hundred people, seven sit behind a company's proxy, two behind one that tells more. */
  private Way way() {
    int of = ways.nextInt(200);
    if (of < 14) return Way.COMPANY;
    if (of < 18) return Way.TALKATIVE;
    if (of < 19) return Way.HIDING;
    return of < 23 ? Way.OTHER_PROGRAM : Way.PLAIN;
  }

  private Sender sender() {
    return sender(Way.PLAIN);
  }

  private Sender sender(Way way) {
    String key = new UUID(random.nextLong(), random.nextLong()).toString().replace("-", "");
    return new Sender(key, address(random), people.good().writing().name(), way);
  }

  private static String address(Random random) {
    return (11 + random.nextInt(80))
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + (1 + random.nextInt(254));
  }
}
