package afterword.comment;

import afterword.http.Fields;
import afterword.markup.Href;
import afterword.markup.PlainText;
import afterword.model.Limits;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Submission;
import afterword.model.Submission.PageReference;
import afterword.page.PageIdentity;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a commenter sent, read with all that is wrong with it at once. */
public final class SubmissionReader {
  /** What HTML calls a valid e-mail address: one, without comments, quotes or line breaks. */
  private static final Pattern EMAIL =
      Pattern.compile(
          "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
              + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+");
  private static final Pattern COMMENTER_KEY = Pattern.compile("[0-9a-f]{32}|[A-Za-z0-9_-]{22}");

  private SubmissionReader() {}

  public static Submission of(Fields fields, Site site) {
    PageReference page = page(fields.object("page"));
    Optional<PublicId> parent = parent(fields, site);
    Fields author = fields.object("author");
    String name = name(author, site.settings().requireName());
    Optional<String> email = email(author);
    Optional<String> url = url(author);
    String body = body(fields, site.settings().maxLength());
    var submission =
        new Submission(
            page,
            parent,
            name,
            email,
            url,
            body,
            commenterKey(fields),
            fields.flag("notifyReplies").orElse(false),
            fields.text("trap", Limits.TEXT).orElse(""),
            fields.integer("elapsedMs", 0, (1L << 53) - 1).orElse(0L));
    fields.allow("proof").finish();
    return submission;
  }

  private static PageReference page(Fields page) {
    String key = page.text("key", Limits.PAGE_URL).orElse("");
    Optional<String> url = page.text("url", Limits.PAGE_URL).filter(text -> !text.isBlank());
    String found = PageIdentity.keyOf(key.isEmpty() ? url.orElse("") : key);
    if (found.isEmpty()) page.wrong("key", "required", "Name the page by its key or address.");
    if (PlainText.length(found) > Limits.PAGE_KEY) {
      page.wrong("key", "too-long", "Keep it within " + Limits.PAGE_KEY + " characters.");
    }
    Optional<String> title = page.text("title", Limits.TITLE).map(PlainText::title).filter(t -> !t.isEmpty());
    return new PageReference(found, url.or(() -> absolute(key)), title, publishedAt(page));
  }

  private static Optional<String> absolute(String key) {
    return PageIdentity.keyOf(key).equals(key) ? Optional.empty() : Optional.of(key);
  }

  private static Optional<Instant> publishedAt(Fields page) {
    Optional<String> text = page.text("publishedAt", 64);
    try {
      return text.map(t -> OffsetDateTime.parse(t).toInstant());
    } catch (DateTimeParseException malformed) {
      page.wrong("publishedAt", "malformed", "Send a time such as 2026-03-14T12:00:00Z.");
      return Optional.empty();
    }
  }

  private static Optional<PublicId> parent(Fields fields, Site site) {
    Optional<String> text = fields.text("parentId", 64);
    Optional<PublicId> id = text.flatMap(PublicId::parse).filter(parent -> parent.site() == site.id());
    if (text.isPresent() && id.isEmpty()) fields.wrong("parentId", "unknown-parent", "There is no such comment.");
    return id;
  }

  private static String name(Fields author, boolean required) {
    Optional<String> typed = author.text("name", Limits.NAME);
    String name = typed.map(PlainText::name).orElse("");
    if (typed.isPresent() && PlainText.isBlank(name)) name = "";
    boolean wrongAlready = author.has("name") && typed.isEmpty();
    if (name.isEmpty() && required && !wrongAlready) author.wrong("name", "required", "Name is required.");
    return name;
  }

  private static Optional<String> email(Fields author) {
    Optional<String> email = author.text("email", Limits.EMAIL).filter(text -> !text.isEmpty());
    if (email.isPresent() && !EMAIL.matcher(email.get()).matches()) {
      author.wrong("email", "malformed", "That is not an e-mail address.");
    }
    return email;
  }

  private static Optional<String> url(Fields author) {
    Optional<String> typed = author.text("url", Limits.AUTHOR_URL).filter(text -> !text.isBlank());
    Optional<String> url = typed.flatMap(Href::web).map(Href::value);
    if (typed.isPresent() && url.isEmpty()) {
      author.wrong("url", "malformed", "Send an address that begins with http:// or https://.");
    }
    return url;
  }

  private static String body(Fields fields, int longest) {
    Optional<String> typed = fields.text("body", longest);
    String body = typed.map(PlainText::body).orElse("");
    boolean wrongAlready = typed.isEmpty() && fields.has("body");
    if (PlainText.isBlank(body) && !wrongAlready) fields.wrong("body", "required", "Write something first.");
    return body;
  }

  private static Optional<String> commenterKey(Fields fields) {
    Optional<String> key = fields.text("commenterKey", 64).filter(text -> !text.isEmpty());
    if (key.isPresent() && !COMMENTER_KEY.matcher(key.get()).matches()) {
      fields.wrong("commenterKey", "malformed", "A commenter key is 128 random bits, as 32 hex digits.");
    }
    return key;
  }
}
