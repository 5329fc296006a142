package afterword.comment;

import afterword.model.Submission;
import afterword.rules.Facts;

/**
 * Where a post comes from.
 *
 * @param address 4 or 16 bytes, never stored
 * @param range what counts as one sender, stored as a keyed hash only
 * @param scripted whether it can solve a challenge; a plain form cannot
 * @param contradictory whether its headers name senders that contradict each other
 */
public record Client(byte[] address, byte[] range, boolean scripted, boolean contradictory) {
  public Client(byte[] address, byte[] range) {
    this(address, range, true, false);
  }

  /** A plain form has no clock. */
  Facts.Manner manner(Submission submission) {
    return new Facts.Manner(scripted && submission.elapsedMs() == 0, contradictory);
  }

  /** Nobody tells how long an edit took. */
  Facts.Manner mannerOfEdit() {
    return new Facts.Manner(false, contradictory);
  }
}
