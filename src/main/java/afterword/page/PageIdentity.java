package afterword.page;

import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.Site;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which discussion an address belongs to. The widget has the same function; both are held to the
 * spellings in src/test/resources/page-identity.json.
 */
public final class PageIdentity {
  /** Parameters that say where a visitor came from, never which page it is. */
  private static final Pattern TRACKING =
      Pattern.compile(
          "utm_.*|pk_.*|mtm_.*|hsa_.*|fb_(action_ids|action_types|source|ref)|_hs(enc|mi)"
              + "|gad_(source|campaignid)|mc_(cid|eid|tc)|li_fat_id|ml_subscriber(_hash)?"
              + "|oly_(anon|enc)_id|rb_clickid|ref_src|ref_url|fbclid|gclid|gclsrc|dclid|gbraid|wbraid"
              + "|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|srsltid|epik|rdt_cid|sccid|s_kwcid"
              + "|mkt_tok|vero_id|wickedid|dm_i|_openstat|_ga|_gl|_kx|__twitter_impression");

  /** Where a Blogger page lives: m=1 there is the same page for telephones. */
  private static final Pattern BLOGGER_HOST = Pattern.compile(".*\\.blogspot\\.[a-z.]+");

  private static final Pattern BLOGGER_PATH = Pattern.compile("/(\\d{4}/\\d\\d|p)/[^/]+\\.html");

  private PageIdentity() {}

  /**
   * The key of what a client calls the page: an explicit key byte for byte, or an address's key.
   */
  public static String keyOf(String page) {
    return isAddress(page) ? WebAddress.parse(page).map(PageIdentity::key).orElse(page) : page;
  }

  public static boolean isAddress(String page) {
    return page.regionMatches(true, 0, "http://", 0, 7)
        || page.regionMatches(true, 0, "https://", 0, 8);
  }

  /** The page's address without fragment; refused unless it is on one of the site's origins. */
  public static String addressOn(Site site, String url) {
    Optional<WebAddress> address = WebAddress.parse(url);
    if (address.map(WebAddress::origin).filter(site::allows).isPresent())
      return address.get().text();
    throw FailureException.refused(
        Problem.PAGE_NOT_ON_SITE,
        "The page's address is not on one of the origins of the site \""
            + site.key()
            + "\". Its owner can add the origin to the site.");
  }

  private static String key(WebAddress address) {
    boolean blogger =
        BLOGGER_HOST.matcher(address.host()).matches()
            || BLOGGER_PATH.matcher(address.path()).matches();
    var query = new StringBuilder();
    for (String pair : address.query().split("&")) {
      String name = pair.split("=", 2)[0].toLowerCase(Locale.ROOT);
      if (pair.isEmpty() || TRACKING.matcher(name).matches() || (blogger && name.equals("m")))
        continue;
      query.append(query.isEmpty() ? "?" : "&").append(pair);
    }
    String key = (address.path() + query).substring(1);
    return key.isEmpty() ? "/" : key;
  }
}
