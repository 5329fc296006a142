package afterword.comment;

import afterword.markup.Trigrams;
import afterword.model.PublicId;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells texts that are alike from those that only share a hash ({@link Traits}). Each text is taken
 * apart once, however many it is compared with: in a campaign everything is compared with
 * everything.
 */
public final class AlikeTexts {
  /** Characters of a text that are enough to compare it. */
  public static final int COMPARED = 500;

  /** Two that are alike have at least that share of their trigrams in common. */
  private static final double SHARE = 0.5;

  private final Map<PublicId, Trigrams> idToTrigrams = new HashMap<>();

  public AlikeTexts(Map<PublicId, String> idToText) {
    idToText.forEach((id, text) -> idToTrigrams.put(id, Trigrams.of(text)));
  }

  /** Not, where one of them is not known. */
  public boolean areAlike(PublicId one, PublicId other) {
    Trigrams ofOne = idToTrigrams.get(one);
    Trigrams ofOther = idToTrigrams.get(other);
    return ofOne != null && ofOther != null && ofOne.shareWith(ofOther) >= SHARE;
  }
}
