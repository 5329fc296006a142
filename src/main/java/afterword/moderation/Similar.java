package afterword.moderation;

import afterword.model.PublicId;
import java.util.List;

/**
 * What waits and is like a card, to be decided on as one.
 *
 * @param kind what they have in common: "link", "text" or "author"
 */
record Similar(PublicId card, String kind, List<Other> others) {
  static final String TEXT = "text";

  /**
   * @param version which a decision has to name
   */
  record Other(PublicId id, int version) {}
}
