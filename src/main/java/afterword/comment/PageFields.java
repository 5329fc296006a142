package afterword.comment;

import afterword.http.Fields;
import afterword.markup.PlainText;
import afterword.model.Limits;
import afterword.model.Site;
import afterword.model.Submission.PageReference;
import afterword.page.PageIdentity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The host page as a post names it. Its address is judged last: a wrong field is told first. */
final class PageFields {
  private final String named;
  private final String key;
  private final Optional<String> url;
  private final Optional<String> title;
  private final Optional<Instant> publishedAt;

  PageFields(Fields page) {
    String explicit = page.text("key", Limits.PAGE_URL).orElse("");
    url = page.text("url", Limits.PAGE_URL).filter(text -> !text.isBlank());
    named = explicit.isEmpty() ? url.orElse("") : explicit;
    key = PageIdentity.keyOf(named);
    title = page.text("title", Limits.TITLE).map(PlainText::title).filter(text -> !text.isEmpty());
    publishedAt = publishedAt(page);
    if (key.isEmpty() && !page.isWrong("key") && !page.isWrong("url"))
      page.wrong("key", "required", "Name the page by its key or address.");
    if (PlainText.length(key) > Limits.PAGE_KEY) {
      page.wrong(
          "key", "too-long", "Keep the page's key within " + Limits.PAGE_KEY + " characters.");
    }
    if (key.chars().anyMatch(Character::isISOControl) || PageIdentity.isAddress(key)) {
      page.wrong("key", "malformed", "A page's key is one line of text, or the page's address.");
    }
  }

  /** Refused unless every address in it is on one of the site's origins. */
  PageReference on(Site site) {
    boolean namedByAddress = !key.equals(named);
    Optional<String> fromKey =
        namedByAddress ? Optional.of(PageIdentity.addressOn(site, named)) : Optional.empty();
    Optional<String> address =
        url.map(text -> PageIdentity.addressOn(site, text)).or(() -> fromKey);
    return new PageReference(
        key, address.filter(text -> text.length() <= Limits.PAGE_URL), title, publishedAt);
  }

  /** A time, or a day as many pages have it. */
  private static Optional<Instant> publishedAt(Fields page) {
    Optional<String> text = page.text("publishedAt", 64).filter(t -> !t.isBlank());
    Optional<Instant> time = text.flatMap(PageFields::time);
    if (text.isPresent() && time.isEmpty()) {
      page.wrong("publishedAt", "malformed", "Send a time such as 2026-03-14T12:00:00Z.");
    }
    return time;
  }

  /** Years that no calendar of ours can hold are none. */
  private static Optional<Instant> time(String text) {
    try {
      OffsetDateTime time =
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
              : OffsetDateTime.parse(text);
      boolean inReach = time.getYear() >= 1900 && time.getYear() < 9999;
      return inReach ? Optional.of(time.toInstant()) : Optional.empty();
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
