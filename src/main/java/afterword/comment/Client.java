package afterword.comment;

/**
 * Where a post comes from.
 *
 * @param address 4 or 16 bytes, never stored
 * @param range what counts as one sender, stored as a keyed hash only
 * @param scripted whether it can solve a challenge; a plain form cannot
 */
public record Client(byte[] address, byte[] range, boolean scripted) {
  public Client(byte[] address, byte[] range) {
    this(address, range, true);
  }
}
