package afterword.markup;

import afterword.model.Limits;
import com.ibm.icu.text.IDNA;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An address that a reader may be sent to: absolute, ASCII, with nothing in it that browsers and
 * people read differently. A relative address, a missing slash ({@code https:host}, {@code
 * //host}), a user name before the host, an escaped host, a control, or more than {@link
 * Limits#PAGE_URL} chars is none.
 *
 * @param value what goes into an {@code href}
 * @param host as in {@link Link}
 */
public record Href(String value, String host) {
  private static final Pattern WEB =
      Pattern.compile(
          "(?i)(https?)://([^/?#\\\\@:\\[\\]]+|\\[[0-9a-f:.]{2,45}])"
              + "(:[0-9]{1,5})?([/?#][^\\p{Cc}\\u2028\\u2029]*)?");
  private static final Pattern MAIL =
      Pattern.compile("(?i)mailto:([a-z0-9.!#$&'*+/=^_~-]{1,64})@([a-z0-9.-]{1,190})(\\?.*)?");
  private static final Pattern HOST = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?");

  /** Browsers know what to do with these; everything else in a path is percent-encoded. */
  private static final String UNESCAPED = "-._~:/?#[]@!$&*+,;=%";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** For links in a text: http, https and mailto. */
  public static Optional<Href> of(String typed) {
    String trimmed = typed.strip();
    return trimmed.regionMatches(true, 0, "mailto:", 0, 7) ? mail(trimmed) : web(trimmed);
  }

  /** For a person's or a page's own address: http and https. */
  public static Optional<Href> web(String typed) {
    String trimmed = typed.strip();
    if (trimmed.length() > Limits.PAGE_URL) return Optional.empty();
    Matcher parts = WEB.matcher(trimmed);
    if (!parts.matches()) return Optional.empty();
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String rest = parts.group(4) == null ? "" : parts.group(4);
    String port = parts.group(3) == null ? "" : parts.group(3);
    return host(parts.group(2))
        .map(host -> new Href(scheme + "://" + host + port + escaped(rest), host))
        .filter(href -> href.value.length() <= Limits.PAGE_URL);
  }

  /** The mailbox alone: a subject, a body or a blind copy is not the writer's to fill in. */
  private static Optional<Href> mail(String typed) {
    Matcher parts = MAIL.matcher(typed);
    if (!parts.matches()) return Optional.empty();
    return host(parts.group(2))
        .map(host -> new Href("mailto:" + parts.group(1) + "@" + host, host));
  }

  /** Whether the text is this address, with or without its scheme. */
  boolean isShownBy(String text) {
    return Stream.of("", "http://", "https://", "mailto:")
        .anyMatch(scheme -> equals(of(scheme + text).orElse(null)));
  }

  private static Optional<String> host(String typed) {
    String lower = typed.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) return Optional.of(lower);
    boolean ascii = lower.chars().allMatch(c -> c < 0x80);
    return (ascii ? Optional.of(lower) : Idna.ascii(lower))
        .filter(host -> HOST.matcher(host).matches());
  }

  private static String escaped(String rest) {
    var escaped = new StringBuilder(rest.length());
    for (byte b : PlainText.body(rest).getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = (c < 0x80 && Character.isLetterOrDigit(c)) || UNESCAPED.indexOf(c) >= 0;
      if (plain) escaped.append(c);
      else escaped.append('%').append(HEX.toHexDigits(b));
    }
    return escaped.toString();
  }

  /** UTS 46 as browsers apply it; loaded with the first international name. */
  private static final class Idna {
    private static final IDNA UTS46 =
        IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.USE_STD3_RULES);

    static Optional<String> ascii(String host) {
      var info = new IDNA.Info();
      String ascii = UTS46.nameToASCII(host, new StringBuilder(), info).toString();
      return info.hasErrors() ? Optional.empty() : Optional.of(ascii);
    }
  }
}
