package afterword.keys;

import afterword.keys.Keys.Purpose;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * For the few secrets that must be read again, where a hash will not do: AES-256-GCM under a key
 * derived from the installation's secret. What is sealed opens only under the name it was sealed
 * for, so it cannot be moved to another row.
 */
public final class Sealing {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random;

  public Sealing(Keys keys, SecureRandom random) {
    this.key = new SecretKeySpec(keys.hash(Purpose.SEAL, "aes-256-gcm"), "AES");
    this.random = random;
  }

  /** 28 bytes longer than what is sealed. */
  public byte[] seal(String name, byte[] open) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = apply(Cipher.ENCRYPT_MODE, name, nonce, open).orElseThrow();
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  /** Empty where it was sealed for another name, under another secret, or altered. */
  public Optional<byte[]> open(String name, byte[] sealed) {
    if (sealed.length < NONCE + TAG_BITS / 8) return Optional.empty();
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    return apply(
        Cipher.DECRYPT_MODE, name, nonce, Arrays.copyOfRange(sealed, NONCE, sealed.length));
  }

  private Optional<byte[]> apply(int mode, String name, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return Optional.of(cipher.doFinal(input));
    } catch (javax.crypto.AEADBadTagException notOurs) {
      return Optional.empty();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
