package afterword.comment;

import afterword.http.Fields;
import afterword.markup.Href;
import afterword.markup.PlainText;
import afterword.model.EmailAddress;
import afterword.model.Limits;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Submission;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a commenter sent, read with all that is wrong with it at once. */
public final class SubmissionReader {
  /** 128 bits, as 32 hex digits or as base64url without padding. */
  private static final Pattern COMMENTER_KEY = Pattern.compile("[0-9a-fA-F]{32}|[A-Za-z0-9_-]{22}");

  /**
   * Far above every limit, which count what is left after cleaning; the size of the body bounds it
   * anyway.
   */
  private static final int RAW = Limits.COMMENT_BODY_BYTES;

  private SubmissionReader() {}

  /** Fails with every wrong field, then with a page that is not on the site. */
  public static Submission of(Fields fields, Site site) {
    var page = new PageFields(fields.object("page"));
    Optional<PublicId> parent = parent(fields, site);
    Fields author = fields.object("author");
    String name = name(author, site.settings().requireName());
    Optional<String> email = email(author);
    Optional<String> url = url(author);
    String body = body(fields, site.settings().maxLength());
    Optional<String> commenterKey = commenterKey(fields);
    String trap = fields.text("trap", RAW).orElse("");
    long elapsedMs = fields.integer("elapsedMs", 0, (1L << 53) - 1).orElse(0L);
    Optional<Submission.Proof> proof = proof(fields.object("proof"));
    fields.finish();
    return new Submission(
        page.on(site), parent, name, email, url, body, commenterKey, trap, elapsedMs, proof);
  }

  /** An empty one is none: where one is needed, the answer is a new challenge. */
  private static Optional<Submission.Proof> proof(Fields proof) {
    String token = proof.text("token", Limits.PROOF).orElse("");
    long number = proof.integer("number", 0, (1L << 53) - 1).orElse(0L);
    return token.isEmpty() ? Optional.empty() : Optional.of(new Submission.Proof(token, number));
  }

  /** The cleaned text of a comment; also for edits and for what moderators write. */
  public static String body(Fields fields, int longest) {
    String body = bodyOrBlank(fields, longest);
    if (PlainText.isBlank(body) && !fields.isWrong("body"))
      fields.wrong("body", "required", "Write something first.");
    return body;
  }

  /** The same for a preview, which may be of nothing yet. */
  static String bodyOrBlank(Fields fields, int longest) {
    String body = fields.text("body", RAW).map(PlainText::body).orElse("");
    if (PlainText.length(body) > longest) {
      fields.wrong("body", "too-long", "Keep it within " + longest + " characters.");
    }
    return body;
  }

  private static Optional<PublicId> parent(Fields fields, Site site) {
    Optional<String> text = fields.text("parentId", 64).filter(id -> !id.isEmpty());
    Optional<PublicId> id =
        text.flatMap(PublicId::parse).filter(parent -> parent.site() == site.id());
    if (text.isPresent() && id.isEmpty())
      fields.wrong("parentId", "unknown-parent", "There is no such comment.");
    return id;
  }

  private static String name(Fields author, boolean required) {
    Optional<String> typed = author.text("name", RAW);
    String name = typed.map(PlainText::name).filter(text -> !PlainText.isBlank(text)).orElse("");
    if (PlainText.length(name) > Limits.NAME) {
      author.wrong("name", "too-long", "Keep it within " + Limits.NAME + " characters.");
    } else if (name.isEmpty() && required && !author.isWrong("name")) {
      author.wrong("name", "required", "Name is required.");
    }
    return name;
  }

  private static Optional<String> email(Fields author) {
    Optional<String> email =
        author.text("email", Limits.EMAIL).map(String::strip).filter(text -> !text.isEmpty());
    if (email.isPresent() && !EmailAddress.isOne(email.get())) {
      author.wrong("email", "malformed", "That is not an e-mail address.");
    }
    return email;
  }

  private static Optional<String> url(Fields author) {
    Optional<String> typed = author.text("url", Limits.AUTHOR_URL).filter(text -> !text.isBlank());
    Optional<String> url = typed.flatMap(Href::web).map(Href::value);
    if (typed.isPresent() && url.isEmpty()) {
      author.wrong("url", "malformed", "Send an address that begins with http:// or https://.");
    } else if (url.isPresent() && url.get().length() > Limits.AUTHOR_URL) {
      author.wrong("url", "too-long", "Keep it within " + Limits.AUTHOR_URL + " characters.");
    }
    return url;
  }

  /** For votes and flags, which count per key; "" where it is wrong. */
  static String requiredCommenterKey(Fields fields) {
    Optional<String> key = commenterKey(fields);
    if (key.isEmpty() && !fields.isWrong("commenterKey"))
      fields.wrong("commenterKey", "required", "Send the commenter key.");
    return key.orElse("");
  }

  private static Optional<String> commenterKey(Fields fields) {
    Optional<String> key = fields.text("commenterKey", 64).filter(text -> !text.isEmpty());
    if (key.isPresent() && !COMMENTER_KEY.matcher(key.get()).matches()) {
      fields.wrong(
          "commenterKey", "malformed", "A commenter key is 128 random bits, as 32 hex digits.");
    }
    return key;
  }
}
