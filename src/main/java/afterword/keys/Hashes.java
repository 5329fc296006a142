package afterword.keys;

import java.util.List;

/**
 * One thing hashed under every secret that is kept.
 *
 * @param newest what is written from now on
 * @param former under which it may still be stored
 */
public record Hashes(byte[] newest, List<byte[]> former) {
  public boolean contain(byte[] hash) {
    boolean found = Keys.same(newest, hash);
    for (byte[] one : former) found |= Keys.same(one, hash);
    return found;
  }
}
