package afterword.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of addresses. IPv4 written as IPv6 (::ffff:a.b.c.d) is IPv4. */
public record Cidr(byte[] network, int bits) {
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  /** Reads "10.0.0.0/8", "2001:db8::/32" or a single address; never asks a name server. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> address = addressOf(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) return Optional.empty();
    int longest = address.get().length * 8;
    try {
      int bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > longest) return Optional.empty();
      return Optional.of(new Cidr(masked(address.get(), bits), bits));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /**
   * The bytes of a literal address, 4 or 16 of them. Whoever sends a header chooses the text, so
   * whatever could be taken for a name ("999.1.1.1") must not get as far as the name server.
   */
  public static Optional<byte[]> addressOf(String literal) {
    String text = literal.strip();
    if (text.startsWith("[") && text.endsWith("]")) text = text.substring(1, text.length() - 1);
    if (V4.matcher(text).matches()) return Optional.of(v4(text));
    if (!V6.matcher(text).matches()) return Optional.empty();
    try {
      // In brackets nothing but a literal is accepted.
      return Optional.of(InetAddress.getByName("[" + text + "]").getAddress());
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  private static byte[] v4(String text) {
    var address = new byte[4];
    String[] octets = text.split("\\.");
    for (int i = 0; i < address.length; i++) address[i] = (byte) Integer.parseInt(octets[i]);
    return address;
  }

  /** The network part of an address, the rest zero. */
  public static byte[] masked(byte[] address, int bits) {
    byte[] masked = Arrays.copyOf(address, address.length);
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.max(0, Math.min(8, bits - i * 8));
      masked[i] &= (byte) (0xff << (8 - kept));
    }
    return masked;
  }

  public boolean contains(byte[] address) {
    return address.length == network.length && Arrays.equals(masked(address, bits), network);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr cidr && bits == cidr.bits && Arrays.equals(network, cidr.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + bits;
  }
}
