package afterword.moderation;

import afterword.comment.Traits;
import afterword.http.Query;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.model.Status;
import afterword.moderation.Filter.Condition;
import afterword.moderation.QueryLanguage.Term;
import afterword.rules.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a filter out of parameters and what was typed into the search box. */
final class FilterReader {
  private static final int LONGEST_TEXT = 200;

  /** What the learned filter said, from 0 to 1, and how many readers have reported it. */
  private static final String SCORE = "(c.notes ->> 'score')::float8";

  private static final String FLAGS =
      "(select count(*) from flag f where f.site_id = c.site_id and f.comment_id = c.id)";

  /** ">0.8", "<=3", or a number alone for that very one. */
  private static final Pattern COMPARED =
      Pattern.compile("(?<how><=|>=|<|>|=)?(?<number>[0-9]{1,9}(\\.[0-9]{1,9})?)");

  private static final Duration SEARCHED = Duration.ofDays(30);

  private final Map<String, String> given;
  private final Instant now;
  private final List<Condition> conditions = new ArrayList<>();
  private Optional<String> site = Optional.empty();
  private Optional<String> status = Optional.empty();
  private Optional<String> page = Optional.empty();
  private Optional<PublicId> author = Optional.empty();

  FilterReader(Map<String, String> given, Instant now) {
    this.given = given;
    this.now = now;
  }

  Filter read() {
    site = given("site");
    status = given("status");
    page = given("page");
    author = given("author").map(FilterReader::authorId);
    given("reason").ifPresent(code -> reason(code, "reason", false));
    given("language").ifPresent(language -> add("c.language = %s", language(language), false));
    given("link").ifPresent(host -> link(host, false));
    given("q").ifPresent(this::typed);
    Optional<Status> wanted =
        status.equals(Optional.of(Filter.ANY_NOTICED))
            ? Optional.empty()
            : Optional.of(status(status.orElse(Status.PENDING.word())));
    Optional<Instant> since = narrowed(wanted);
    Order order = Order.of(given("order").orElse(Order.OLDEST.word()), wanted);
    return new Filter(site, wanted, page, author, conditions, since, order);
  }

  /** Published text has no index of its own: without a page or an author, a month is searched. */
  private Optional<Instant> narrowed(Optional<Status> wanted) {
    boolean wide =
        wanted.equals(Optional.of(Status.PUBLISHED)) && page.isEmpty() && author.isEmpty();
    if (!wide || conditions.stream().noneMatch(Condition::textual)) return Optional.empty();
    Instant since = now.minus(SEARCHED);
    add("c.created_at >= %s", since.atOffset(ZoneOffset.UTC), false);
    return Optional.of(since);
  }

  private void typed(String text) {
    if (text.codePointCount(0, text.length()) > LONGEST_TEXT)
      throw wrong("too-long", "Search for at most " + LONGEST_TEXT + " characters.");
    QueryLanguage.read(text).forEach(this::term);
  }

  private void term(Term term) {
    String value = term.value();
    switch (term.name()) {
      case "site" -> site = once(term, site, value);
      case "status" -> status = once(term, status, value);
      case "page" -> page = once(term, page, value);
      case "author" -> author(term);
      case "reason" -> reason(value, "q", term.not());
      case "lang" -> add("c.language = %s", language(value), term.not());
      case "link" -> link(value, term.not());
      case "has" -> has(value, term.not());
      case "is" -> is(value, term.not());
      case "since" -> add("c.created_at >= %s", day(value), term.not());
      case "score" -> compared(SCORE, "score", value, term.not());
      case "flags" -> compared(FLAGS, "flags", value, term.not());
      case "before" -> add("c.created_at < %s", day(value), term.not());
      default -> text(value, term.not());
    }
  }

  private void author(Term term) {
    Optional<PublicId> id = PublicId.parse(term.value());
    if (id.isPresent() && !term.not()) {
      author = once(term, author, id.get());
    } else if (term.value().contains("@")) {
      add("lower(c.author_email) = %s", term.value().toLowerCase(Locale.ROOT), term.not());
    } else {
      addTextual("c.author_name ilike %s", like(term.value()), term.not());
    }
  }

  private void text(String value, boolean not) {
    addTextual("(c.text ilike %1$s or c.author_name ilike %1$s)", like(value), not);
  }

  private void link(String host, boolean not) {
    String[] hosts = {Traits.host(host.toLowerCase(Locale.ROOT))};
    addTextual("c.link_hosts @> %s::text[]", hosts, not);
  }

  private void reason(String code, String parameter, boolean not) {
    if (code.equals(Reason.NOTICE.code())) {
      add(Filter.NOTICED, null, not);
      return;
    }
    if (Arrays.stream(Reason.values()).noneMatch(reason -> reason.code().equals(code)))
      throw Query.wrong(parameter, "unknown", "There is no such reason.");
    add("%s = any(c.reasons)", code, not);
  }

  private void has(String what, boolean not) {
    switch (what) {
      case "link" -> add("c.link_hosts <> '{}'", null, not);
      case "email" -> add("c.author_email is not null", null, not);
      case "reply" ->
          add(
              "exists (select from comment r where r.site_id = c.site_id and r.parent_id = c.id)",
              null,
              not);
      default -> throw wrong("unknown", "\"has:\" knows link, email and reply.");
    }
  }

  private void is(String what, boolean not) {
    switch (what) {
      case "reply" -> add("c.parent_id is not null", null, not);
      case "edited" -> add("c.edited_at is not null", null, not);
      case "decided" -> add("c.decided_at is not null", null, not);
      case "pinned" -> add("c.pinned", null, not);
      case "notice" -> add(Filter.NOTICED, null, not);
      case "appeal" -> add(Filter.APPEALED, null, not);
      default ->
          throw wrong(
              "unknown", "\"is:\" knows reply, edited, decided, pinned, notice and appeal.");
    }
  }

  private void compared(String what, String name, String value, boolean not) {
    Matcher match = COMPARED.matcher(value);
    if (!match.matches())
      throw wrong(
          "malformed", "Write \"" + name + ":>2\", \"" + name + ":<=2\" or \"" + name + ":2\".");
    String how = match.group("how") == null ? "=" : match.group("how");
    add(what + " " + how + " %s::float8", Double.valueOf(match.group("number")), not);
  }

  private void add(String sql, Object value, boolean not) {
    var condition = new Condition(sql, value, false);
    conditions.add(not ? condition.negated() : condition);
  }

  private void addTextual(String sql, Object value, boolean not) {
    var condition = new Condition(sql, value, true);
    conditions.add(not ? condition.negated() : condition);
  }

  private static <T> Optional<T> once(Term term, Optional<T> known, T value) {
    if (term.not()) throw wrong("malformed", "\"-" + term.name() + ":\" is not understood.");
    if (known.isPresent() && !known.get().equals(value))
      throw wrong("doubled", "Name one " + term.name() + " only.");
    return Optional.of(value);
  }

  private static Status status(String word) {
    return Arrays.stream(Status.values())
        .filter(status -> status.word().equals(word))
        .findFirst()
        .orElseThrow(() -> Query.wrong("status", "unknown", "There is no such status."));
  }

  private static PublicId authorId(String text) {
    return PublicId.parse(text)
        .orElseThrow(() -> Query.wrong("author", "malformed", "No author has such an id."));
  }

  private static String language(String typed) {
    if (!typed.matches("[A-Za-z]{2,3}"))
      throw Query.wrong("language", "malformed", "Name a language by its code, such as \"de\".");
    return typed.toLowerCase(Locale.ROOT);
  }

  private static Object day(String typed) {
    try {
      return LocalDate.parse(typed).atStartOfDay().atOffset(ZoneOffset.UTC);
    } catch (DateTimeParseException notADay) {
      throw wrong("malformed", "Write a day as 2026-01-31.");
    }
  }

  private static String like(String text) {
    return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  private Optional<String> given(String name) {
    return Optional.ofNullable(given.get(name)).filter(value -> !value.isEmpty());
  }

  private static FailureException wrong(String code, String detail) {
    return Query.wrong("q", code, detail);
  }
}
