package afterword.comment;

/**
 * Where a post comes from.
 *
 * @param address 4 or 16 bytes, never stored
 * @param range what counts as one sender, stored as a keyed hash only
 */
public record Client(byte[] address, byte[] range) {}
