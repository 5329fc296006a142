package afterword.comment;

import afterword.keys.Keys;
import afterword.model.Site;

/**
 * The fingerprints of a text, as {@link NearPrints} makes them.
 *
 * @param kept stored with the comment
 * @param lookedFor among those of others; the first ones are those that are kept
 * @param isShort whether it is too short for texts that are nearly the same: then there is one, of
 *     the same text but for numbers
 */
record TextPrints(Long[] kept, Long[] lookedFor, boolean isShort) {
  static TextPrints of(Keys keys, Site site, String source) {
    Long[] ofShort = NearPrints.ofShort(keys, site, source);
    if (ofShort.length > 0) return new TextPrints(ofShort, ofShort, true);
    return new TextPrints(
        NearPrints.of(keys, site, source), NearPrints.lookedFor(keys, site, source), false);
  }

  /** So many of those kept make two texts nearly the same. */
  int enough() {
    return isShort ? 1 : NearPrints.ENOUGH;
  }

  /** So many of those looked for make it a copy with more beside it; a short one is none. */
  int enoughForACopy() {
    return isShort ? Integer.MAX_VALUE : NearPrints.ENOUGH_FOR_A_COPY;
  }
}
