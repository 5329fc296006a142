package afterword.moderation;

import afterword.http.Query;
import afterword.model.PublicId;
import afterword.model.Status;
import afterword.rules.Reason;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which comments a moderator wants to see; the query of the address, so that it can be shared.
 *
 * @param site its key; empty for all of the moderator's own
 * @param reason for which it was held
 * @param page its key
 * @param author a commenter's id
 * @param text that is part of the comment or of its author's name
 */
record Filter(
    Optional<String> site,
    Status status,
    Optional<String> reason,
    Optional<String> page,
    Optional<PublicId> author,
    Optional<String> text,
    boolean newestFirst) {
  private static final int LONGEST_TEXT = 200;

  static Filter of(RoutingContext ctx) {
    return new Filter(
        given(ctx, "site"),
        status(ctx),
        reason(ctx),
        given(ctx, "page"),
        author(ctx),
        text(ctx),
        newestFirst(ctx));
  }

  private static Status status(RoutingContext ctx) {
    String word = given(ctx, "status").orElse(Status.PENDING.word());
    return Arrays.stream(Status.values())
        .filter(status -> status.word().equals(word))
        .findFirst()
        .orElseThrow(() -> Query.wrong("status", "unknown", "There is no such status."));
  }

  private static Optional<String> reason(RoutingContext ctx) {
    Optional<String> code = given(ctx, "reason");
    boolean known =
        code.isEmpty() || Arrays.stream(Reason.values()).anyMatch(r -> r.code().equals(code.get()));
    if (!known) throw Query.wrong("reason", "unknown", "There is no such reason.");
    return code;
  }

  private static Optional<PublicId> author(RoutingContext ctx) {
    return given(ctx, "author")
        .map(
            text ->
                PublicId.parse(text)
                    .orElseThrow(
                        () -> Query.wrong("author", "malformed", "No author has such an id.")));
  }

  private static Optional<String> text(RoutingContext ctx) {
    Optional<String> text = given(ctx, "q");
    if (text.isPresent() && text.get().codePointCount(0, text.get().length()) > LONGEST_TEXT) {
      throw Query.wrong("q", "too-long", "Search for at most " + LONGEST_TEXT + " characters.");
    }
    return text;
  }

  private static boolean newestFirst(RoutingContext ctx) {
    String order = given(ctx, "order").orElse("oldest");
    if (!order.equals("oldest") && !order.equals("newest")) {
      throw Query.wrong("order", "unknown", "Order by \"oldest\" or \"newest\".");
    }
    return order.equals("newest");
  }

  /** An empty parameter is one that was not filled in. */
  private static Optional<String> given(RoutingContext ctx, String name) {
    return Query.one(ctx, name).filter(value -> !value.isEmpty());
  }
}
