package afterword.model;

import java.util.regex.Pattern;

/**
 * Which addresses we take: one, as HTML's input takes it, with a domain that has a dot. No quotes,
 * comments, groups, address literals, encoded words (RFC 2047) or anything else that a mail program
 * might read further.
 */
public final class EmailAddress {
  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  private static final String ATOM = "[a-zA-Z0-9!#$%&'*+/=^_`{|}~-]+";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")+");

  private EmailAddress() {}

  public static boolean isOne(String text) {
    return text.length() <= Limits.EMAIL && ADDRESS.matcher(text).matches();
  }
}
