package afterword.keys;

import afterword.keys.Keys.Purpose;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
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

  private final Keys keys;
  private final SecureRandom random;

  public Sealing(Keys keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /** 28 bytes longer than what is sealed. */
  public byte[] seal(String name, byte[] open) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] key = ours().newest();
    byte[] sealed = apply(Cipher.ENCRYPT_MODE, key, name, nonce, open).orElseThrow();
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  /** Empty where it was sealed for another name, under a secret that is not kept, or altered. */
  public Optional<byte[]> open(String name, byte[] sealed) {
    return Stream.concat(Stream.of(ours().newest()), ours().former().stream())
        .flatMap(key -> open(key, name, sealed).stream())
        .findFirst();
  }

  /** Whether it has to be sealed anew before the secret it was sealed under is given up. */
  public boolean isFormer(String name, byte[] sealed) {
    return open(ours().newest(), name, sealed).isEmpty();
  }

  private Hashes ours() {
    return keys.hashes(Purpose.SEAL, "aes-256-gcm");
  }

  private static Optional<byte[]> open(byte[] key, String name, byte[] sealed) {
    if (sealed.length < NONCE + TAG_BITS / 8) return Optional.empty();
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    byte[] rest = Arrays.copyOfRange(sealed, NONCE, sealed.length);
    return apply(Cipher.DECRYPT_MODE, key, name, nonce, rest);
  }

  private static Optional<byte[]> apply(
      int mode, byte[] key, String name, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return Optional.of(cipher.doFinal(input));
    } catch (javax.crypto.AEADBadTagException notOurs) {
      return Optional.empty();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
