package afterword.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** A range of addresses. IPv4 written as IPv6 (::ffff:a.b.c.d) is IPv4. */
public record Cidr(byte[] network, int bits) {
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

  /** The bytes of a literal address, 4 or 16 of them. */
  public static Optional<byte[]> addressOf(String literal) {
    String text = literal.strip();
    if (text.startsWith("[") && text.endsWith("]")) text = text.substring(1, text.length() - 1);
    boolean v6 = text.indexOf(':') >= 0;
    if (v6 ? !text.matches("[0-9a-fA-F:.]{2,45}") : !text.matches("(\\d{1,3}\\.){3}\\d{1,3}"))
      return Optional.empty();
    try {
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
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
