package afterword.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A device that keeps one passkey, in software, as the standard describes it (Web Authentication 6
 * and 8.7), and that lies where a test tells it to.
 */
public final class Device {
  private static final int PRESENT = 0x01;
  private static final int RECOGNISED = 0x04;
  private static final int WITH_CREDENTIAL = 0x40;

  private final KeyPair key;
  final byte[] id;
  private byte[] userHandle;
  String origin = AuthServer.ORIGIN;
  String host = "localhost";
  boolean recognisesPerson = true;
  boolean present = true;
  public long counter = 1;

  Device() {
    this(AuthServer.ORIGIN);
  }

  public Device(String origin) {
    this(newKey(), SecretToken.generate(new SecureRandom()).getBytes(UTF_8));
    this.origin = origin;
  }

  private Device(KeyPair key, byte[] id) {
    this.key = key;
    this.id = id;
  }

  private static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  /** Another that keeps the same. */
  Device copy() {
    var copy = new Device(key, id);
    copy.userHandle = userHandle;
    return copy;
  }

  /** Another with the same credential's id and another key. */
  Device impostor() {
    var impostor = new Device(newKey(), id);
    impostor.userHandle = userHandle;
    return impostor;
  }

  /** The answer to {@code navigator.credentials.create}. */
  public JsonObject make(JsonObject asked) {
    userHandle = bytes(asked.getJsonObject("user").getString("id"));
    Buffer credential =
        Buffer.buffer(new byte[16])
            .appendUnsignedShort(id.length)
            .appendBytes(id)
            .appendBytes(cose());
    byte[] data = authenticatorData(WITH_CREDENTIAL, credential.getBytes());
    Buffer object =
        Buffer.buffer(new byte[] {(byte) 0xa3, 0x63})
            .appendString("fmt")
            .appendByte((byte) 0x64)
            .appendString("none")
            .appendByte((byte) 0x67)
            .appendString("attStmt")
            .appendByte((byte) 0xa0)
            .appendByte((byte) 0x68)
            .appendString("authData")
            .appendByte((byte) 0x59)
            .appendUnsignedShort(data.length)
            .appendBytes(data);
    return new JsonObject()
        .put("attestationObject", text(object.getBytes()))
        .put("clientDataJSON", text(clientData("webauthn.create", asked)))
        .put("transports", new JsonArray().add("internal"));
  }

  /** The answer to {@code navigator.credentials.get}. */
  public JsonObject use(JsonObject asked) {
    byte[] data = authenticatorData(0, new byte[0]);
    byte[] clientData = clientData("webauthn.get", asked);
    var response =
        new JsonObject()
            .put("authenticatorData", text(data))
            .put("clientDataJSON", text(clientData))
            .put("signature", text(sign(data, clientData)))
            .put("userHandle", text(userHandle));
    return new JsonObject().put("id", text(id)).put("response", response);
  }

  private byte[] authenticatorData(int flags, byte[] credential) {
    int all = flags | (present ? PRESENT : 0) | (recognisesPerson ? RECOGNISED : 0);
    return Buffer.buffer(sha256(host.getBytes(UTF_8)))
        .appendByte((byte) all)
        .appendUnsignedInt(counter)
        .appendBytes(credential)
        .getBytes();
  }

  private byte[] clientData(String type, JsonObject asked) {
    return new JsonObject()
        .put("type", type)
        .put("challenge", asked.getString("challenge"))
        .put("origin", origin)
        .put("crossOrigin", false)
        .toBuffer()
        .getBytes();
  }

  /** RFC 9053, 7.1.1: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
  private byte[] cose() {
    var point = ((ECPublicKey) key.getPublic()).getW();
    return Buffer.buffer(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32})
        .appendBytes(coordinate(point.getAffineX().toByteArray()))
        .appendBytes(new byte[] {0x22, 0x58, 32})
        .appendBytes(coordinate(point.getAffineY().toByteArray()))
        .getBytes();
  }

  private static byte[] coordinate(byte[] number) {
    byte[] padded = new byte[32];
    int length = Math.min(32, number.length);
    System.arraycopy(number, number.length - length, padded, 32 - length, length);
    return padded;
  }

  private byte[] sign(byte[] data, byte[] clientData) {
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key.getPrivate());
      signature.update(data);
      signature.update(sha256(clientData));
      return signature.sign();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] bytes(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  /** The same with its last bit turned. */
  static String altered(String text) {
    byte[] bytes = bytes(text);
    bytes = Arrays.copyOf(bytes, bytes.length);
    bytes[bytes.length - 1] ^= 1;
    return text(bytes);
  }
}
