package afterword.comment;

import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.Site;
import afterword.model.Submission.Proof;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes challenges and checks proofs. Nothing is remembered of a challenge: its token is
 * "expires.salt.signature", and the number follows from the secret and the salt. Any process checks
 * what another made.
 */
final class Challenges {
  static final Duration LIFE = Duration.ofMinutes(5);

  private static final Pattern TOKEN =
      Pattern.compile("(\\d{1,12})\\.([0-9a-f]{32})\\.([A-Za-z0-9_-]{43})");

  private final Keys keys;
  private final RandomGenerator random;

  /**
   * @param random must not be foreseeable
   */
  Challenges(Keys keys, RandomGenerator random) {
    this.keys = keys;
    this.random = random;
  }

  Challenge make(Site site, String pageKey, Instant now) {
    Instant expiresAt = now.plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String salt = HexFormat.of().formatHex(bytes);
    String expires = Long.toString(expiresAt.getEpochSecond());
    String token = expires + "." + salt + "." + signature(site, pageKey, expires, salt);
    String target = sha256(salt + number(site, pageKey, expires, salt));
    return new Challenge(token, salt, target, expiresAt);
  }

  /** What must not come a second time; empty where the proof does not hold here and now. */
  Optional<byte[]> check(Site site, String pageKey, Proof proof, Instant now) {
    Matcher token = TOKEN.matcher(proof.token());
    if (!token.matches()) return Optional.empty();
    String expires = token.group(1);
    String salt = token.group(2);
    boolean holds =
        Keys.same(token.group(3), signature(site, pageKey, expires, salt))
            && now.isBefore(Instant.ofEpochSecond(Long.parseLong(expires)))
            && proof.number() == number(site, pageKey, expires, salt);
    return holds ? Optional.of(HexFormat.of().parseHex(salt)) : Optional.empty();
  }

  private String signature(Site site, String pageKey, String expires, String salt) {
    String tenant = Integer.toString(site.id());
    return keys.token(Purpose.PROOF_OF_WORK, "signature", tenant, pageKey, expires, salt);
  }

  private long number(Site site, String pageKey, String expires, String salt) {
    String tenant = Integer.toString(site.id());
    byte[] hash = keys.hash(Purpose.PROOF_OF_WORK, "number", tenant, pageKey, expires, salt);
    return Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), Challenge.MOST + 1L);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
