package afterword.spam;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the addresses of a comment say: how many, of what make, and the author's own. */
final class LinkSignals {
  private static final int MOST_READ = 8;

  private final Features to;
  private final List<FoundLink> links;
  private final Writing writing;

  LinkSignals(Features to, List<FoundLink> links, Writing writing) {
    this.to = to;
    this.links = links;
    this.writing = writing;
  }

  void add() {
    if (!links.isEmpty()) addNumbers();
    int from = to.count();
    for (FoundLink link : links.subList(0, Math.min(MOST_READ, links.size()))) addParts(link);
    to.scale(from, 4);
    writing.url().ifPresent(this::addAuthor);
  }

  private void addNumbers() {
    var hosts = new HashSet<String>();
    links.forEach(link -> hosts.add(link.host()));
    signal("a link");
    if (links.size() >= 2) signal("two links or more");
    if (links.size() >= 3) signal("three links or more");
    if (links.size() >= 6) signal("six links or more");
    if (hosts.size() >= 3) signal("links to many sites");
    if (links.size() > hosts.size()) signal("the same site linked again");
    int length = writing.text().strip().length();
    int inLinks = links.stream().mapToInt(link -> link.end() - link.start()).sum();
    if (length - inLinks < 4) signal("nothing but a link");
    else if (2 * inLinks > length) signal("mostly links");
    if (links.get(links.size() - 1).end() >= length - 2) signal("a link at the end");
    if (links.get(0).start() < 2) signal("a link at the start");
  }

  private void addParts(FoundLink link) {
    String host = link.host();
    String shown = to.explained() ? "a link to " + host : null;
    to.add(Hash.of('h', host), 1, shown);
    to.add(Hash.of('e', link.ending()), 1, shown);
    for (String part : host.split("[.-]")) to.add(Hash.of('k', part), 1, shown);
    for (int i = 0; i + 4 <= host.length(); i++) to.add(Hash.of('l', host, i, i + 4), 0.3f, shown);
    if (link.bare()) signal("an address without https");
    if (host.chars().anyMatch(Character::isDigit)) signal("digits in a link's name");
    if (host.indexOf('-') >= 0) signal("a hyphen in a link's name");
    if (host.length() <= 7 && link.rest().length() > 3) signal("a shortened link");
    if (link.rest().length() > 1) signal("a link to one page");
    if (link.rest().length() <= 1) signal("a link to a whole site");
    if (link.rest().indexOf('?') >= 0) signal("a link with parameters");
    if (link.rest().contains("ref=") || link.rest().contains("aff")) signal("a referral link");
  }

  private void addAuthor(String url) {
    signal("the author gives an address");
    Optional<FoundLink> own = LinkFinder.find(url).stream().findFirst();
    if (own.isEmpty()) return;
    String host = own.get().host().toLowerCase(Locale.ROOT);
    String shown = to.explained() ? "the author's address " + host : null;
    int from = to.count();
    for (String part : host.split("[.-]")) to.add(Hash.of('u', part), 1, shown);
    if (own.get().rest().length() > 1) to.add(Hash.of('s', "deep"), 1, shown);
    to.scale(from, 4);
    if (links.stream().anyMatch(link -> link.host().equals(host)))
      signal("a link to the author's own site");
  }

  private void signal(String name) {
    to.add(Hash.of('s', name), 1, name);
  }
}
