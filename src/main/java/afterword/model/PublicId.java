package afterword.model;

import java.util.Optional;

/**
 * The id of a tenant's row as the outside knows it: it carries its site, so that a path with an id
 * alone still names the site. Text form, all base 36: number of digits of the site, site, row.
 */
public record PublicId(int site, long row) {
  public PublicId {
    if (site < 1 || row < 1) throw new IllegalArgumentException("site and row start at 1");
  }

  /** Empty where the text is not one that {@link #toString} makes. */
  public static Optional<PublicId> parse(String text) {
    if (text == null || text.length() < 3 || text.length() > 21 || !text.matches("[0-9a-z]+"))
      return Optional.empty();
    int digits = Character.digit(text.charAt(0), 36);
    if (digits < 1 || digits > 6 || text.length() < digits + 2) return Optional.empty();
    try {
      long site = Long.parseLong(text.substring(1, 1 + digits), 36);
      if (site < 1 || site > Integer.MAX_VALUE) return Optional.empty();
      var id = new PublicId((int) site, Long.parseLong(text.substring(1 + digits), 36));
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException tooLongOrZero) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    String siteText = Integer.toString(site, 36);
    return Integer.toString(siteText.length(), 36) + siteText + Long.toString(row, 36);
  }
}
