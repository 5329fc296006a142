package afterword.spam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds addresses in a text: with a scheme, with "www.", and bare ones with a common ending. */
final class LinkFinder {
  /** Enough to see that a text is full of them. */
  private static final int MOST = 50;

  /** Possessive throughout: linear in the text. A label has at most 63 chars, a host 253. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}@.])(https?://)?+(www\\.)?+((?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,62}+)\\.){1,8}+)"
              + "([\\p{L}]{2,12}+)(?![\\p{L}\\p{N}])(?::\\d{1,5}+)?+([/?#][^\\s<>\"'\\])}，。、！）]*+)?+",
          Pattern.CASE_INSENSITIVE);

  /** A bare "end.Then" is two sentences, "example.com" is an address. */
  private static final Set<String> COMMON =
      Set.of(
          "com net org info biz xyz top site online shop club store live pro vip win bid loan icu buzz link click"
              .concat(
                  " space website tech app dev io me tv co cc ru su ua by kz cn tw hk jp kr in pk id vn th")
              .concat(
                  " de at ch fr es it pt br mx ar nl be pl cz tr ir ae uk us ca au eu tk ml ga cf gq ly gl to")
              .split(" "));

  private LinkFinder() {}

  static List<FoundLink> find(String text) {
    if (text.indexOf('.') < 0) return List.of();
    var found = new ArrayList<FoundLink>();
    Matcher at = ADDRESS.matcher(text);
    while (found.size() < MOST && at.find()) {
      boolean bare = at.group(1) == null && at.group(2) == null;
      String ending = at.group(4).toLowerCase(Locale.ROOT);
      if (bare && !COMMON.contains(ending)) continue;
      String host = (at.group(3) + ending).toLowerCase(Locale.ROOT);
      String rest = at.group(5) == null ? "" : at.group(5);
      found.add(new FoundLink(at.start(), at.end(), host, rest, bare));
    }
    return found;
  }
}
