package afterword.comment;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A puzzle for one post: which number from 0 to {@link #MOST}, written in decimal digits after the
 * salt, has this SHA-256? It takes a phone about a second to find, and whoever made it nothing to
 * check.
 *
 * @param token to be sent back with the number; signed, bound to site, page and time
 * @param salt 32 hexadecimal digits
 * @param target 64 hexadecimal digits
 */
record Challenge(String token, String salt, String target, Instant expiresAt) {
  /** On average half of them are tried. */
  static final int MOST = 1_000_000;

  /** As JSON members. */
  Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    members.put("algorithm", "SHA-256");
    members.put("salt", salt);
    members.put("target", target);
    members.put("most", MOST);
    members.put("token", token);
    members.put("expiresAt", expiresAt.toString());
    return members;
  }
}
