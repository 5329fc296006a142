package afterword.page;

import java.util.Optional;

/**
 * What becomes of one page: another key and address, or, where there is a page with that key
 * already, the comments join those of that page.
 *
 * @param into the page it joins, or empty
 * @param url the address it gets, or empty to leave it as it is
 * @param title likewise
 * @param comments how many it has, of whatever status
 */
public record PageMove(
    long pageId,
    String from,
    String to,
    Optional<Long> into,
    Optional<String> url,
    Optional<String> title,
    long comments) {

  /** In a line for people. */
  public String told() {
    String count = comments == 1 ? "1 comment" : comments + " comments";
    String what = into.isPresent() ? " joins " : " becomes ";
    return from + what + to + url.map(address -> ", " + address).orElse("") + " (" + count + ")";
  }
}
