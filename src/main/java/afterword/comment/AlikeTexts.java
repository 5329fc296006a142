package afterword.comment;

import afterword.markup.Trigrams;
import afterword.model.PublicId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells texts that are alike from those that only share a hash ({@link Traits}). Each text is taken
 * apart once, however many it is compared with: in a campaign everything is compared with
 * everything.
 */
public final class AlikeTexts {
  /** Characters of each text. */
  public static final int COMPARED = 500;

  /** Of these parts, two that are alike have at least that share in common. */
  private static final double SHARE = 0.5;

  private final Map<PublicId, String> texts;
  private final Map<PublicId, Trigrams> parts = new HashMap<>();

  /**
   * @param texts no more than their beginnings
   */
  public AlikeTexts(Map<PublicId, String> texts) {
    this.texts = texts;
  }

  /** Not, where one of them is not known. */
  public boolean areAlike(PublicId one, PublicId other) {
    if (!texts.keySet().containsAll(Set.of(one, other))) return false;
    return partsOf(one).shareWith(partsOf(other)) >= SHARE;
  }

  private Trigrams partsOf(PublicId id) {
    return parts.computeIfAbsent(id, wanted -> Trigrams.of(texts.get(wanted)));
  }
}
