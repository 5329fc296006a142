package afterword.page;

import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Limits;
import afterword.model.Site;
import java.util.List;
import java.util.Optional;

/**
 * A page, or the beginning of many, as an operator names it: by key or by address. The beginning of
 * all keys is "" or the bare origin.
 *
 * @param origin where it was named by an address
 */
record PageTarget(String key, Optional<String> origin) {

  /** Refused where it is an address that is not on the site. */
  static PageTarget page(Site site, String named) {
    if (!PageIdentity.isAddress(named)) return new PageTarget(acceptable(named), Optional.empty());
    PageIdentity.addressOn(site, named);
    return new PageTarget(
        acceptable(PageIdentity.keyOf(named)), WebAddress.parse(named).map(WebAddress::origin));
  }

  /** The same, but for what a page was called before: it may have lived on any origin. */
  static PageTarget former(String named) {
    return new PageTarget(PageIdentity.keyOf(named), Optional.empty());
  }

  PageTarget asPrefix() {
    return new PageTarget(key.equals("/") ? "" : key, origin);
  }

  /** The address of a key under it, where an origin is known: of this, or of the page so far. */
  Optional<String> address(Site site, String key, String urlSoFar) {
    return origin
        .or(() -> Optional.ofNullable(urlSoFar).flatMap(url -> originIfKey(site, url)))
        .map(where -> where + "/" + (key.equals("/") ? "" : key));
  }

  /** Only an address that follows from the key can follow it. */
  private static Optional<String> originIfKey(Site site, String url) {
    return WebAddress.parse(url).map(WebAddress::origin).filter(site::allows);
  }

  private static String acceptable(String key) {
    boolean fits =
        key.codePointCount(0, key.length()) <= Limits.PAGE_KEY
            && key.chars().noneMatch(Character::isISOControl);
    if (fits) return key;
    throw FailureException.invalid(
        List.of(
            new FieldError(
                "/key", "malformed", "A page's key is one line of text, or the page's address.")));
  }
}
