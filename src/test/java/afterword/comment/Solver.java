package afterword.comment;

import afterword.model.Submission.Proof;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Solves a challenge as a client does: from what it was sent, by trying. */
public final class Solver {
  private Solver() {}

  public static Proof solve(Map<String, Object> challenge) {
    String salt = (String) challenge.get("salt");
    String target = (String) challenge.get("target");
    int most = (Integer) challenge.get("most");
    for (int number = 0; number <= most; number++)
      if (sha256(salt + number).equals(target))
        return new Proof((String) challenge.get("token"), number);
    throw new AssertionError("nothing solves " + challenge);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
