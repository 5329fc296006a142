package afterword.rules;

import java.net.IDN;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Domains, each with all names below it: "shop.example" stands for "a.shop.example" too, never for
 * "myshop.example".
 */
public final class DomainList {
  private final Set<String> domains = new HashSet<>();

  private DomainList() {}

  public static DomainList of(Collection<String> domains) {
    var list = new DomainList();
    for (String domain : domains) normal(domain).ifPresent(list.domains::add);
    return list;
  }

  /** As a link's host is written: lower case, {@code xn--} form; empty where it is no name. */
  public static Optional<String> normal(String typed) {
    String name = typed.strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("*.")) name = name.substring(2);
    while (name.startsWith(".")) name = name.substring(1);
    while (name.endsWith(".")) name = name.substring(0, name.length() - 1);
    try {
      String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      return ascii.matches("[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9_])?") && !ascii.contains("..")
          ? Optional.of(ascii)
          : Optional.empty();
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }

  /** The listed domain that the host is or is below. */
  Optional<String> match(String host) {
    if (domains.isEmpty()) return Optional.empty();
    String name = host;
    while (name.endsWith(".")) name = name.substring(0, name.length() - 1);
    while (true) {
      if (domains.contains(name)) return Optional.of(name);
      int dot = name.indexOf('.');
      if (dot < 0) return Optional.empty();
      name = name.substring(dot + 1);
    }
  }
}
