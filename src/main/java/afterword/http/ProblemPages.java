package afterword.http;

import afterword.model.FailureException;
import afterword.model.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** The page behind the "type" of each problem: what it means and what to do about it. */
public final class ProblemPages {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark">
      <title>%1$s</title>
      </head>
      <body>
      <main>
      <h1>%1$s</h1>
      <p>%2$s</p>
      <p><small>Problem "%3$s". The answer's "instance" is the request's id; whoever runs the service finds it in
      the logs.</small></p>
      </main>
      </body>
      </html>
      """;

  /** GET /problems/{slug} */
  public void show(RoutingContext ctx) {
    String slug = ctx.pathParam("slug");
    for (Problem problem : Problem.values()) {
      if (problem.slug().equals(slug)) {
        send(ctx, problem);
        return;
      }
    }
    throw FailureException.notFound("There is no problem of this name.");
  }

  private static void send(RoutingContext ctx, Problem problem) {
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
        .end(PAGE.formatted(problem.title(), advice(problem), problem.slug()));
  }

  private static String advice(Problem problem) {
    return switch (problem) {
      case UNREADABLE ->
          "The request is not well formed: not JSON, a member that is there twice, a character or number out of"
              + " range, or a header that is missing or doubled. \"errors\" names the place. Sending the same again"
              + " will not help.";
      case INVALID ->
          "The request was read, but \"errors\" lists fields to correct, all of them at once.";
      case UNAUTHENTICATED ->
          "The session or token is missing, wrong, or over. Sign in again, or send the token that came with the"
              + " comment.";
      case ORIGIN_NOT_ALLOWED ->
          "Only pages on the site's own origins may write to it. If this is your site, add the page's origin"
              + " (scheme, host and port) to it.";
      case PAGE_NOT_ON_SITE ->
          "The address given for the page is not on one of the site's origins. Correct the address, or add its"
              + " origin to the site.";
      case PAGE_CLOSED -> "This discussion takes no more comments. It can still be read.";
      case BANNED -> "A moderator has decided that you may not comment here.";
      case EDIT_WINDOW_CLOSED -> "A comment can be changed by its author for a limited time only.";
      case FORBIDDEN -> "You are known, but your role or the token's scopes do not reach this far.";
      case CODE_REQUIRED ->
          "This account has a second factor. Send, as code, what the authenticator app shows or one of the recovery"
              + " codes; each works once.";
      case CSRF ->
          "A change must come from the service's own admin page and carry its X-CSRF-Token. Reload the page and"
              + " try again.";
      case NOT_FOUND -> "Nothing is there, or nothing that you may see.";
      case METHOD_NOT_ALLOWED ->
          "The address exists; the header \"Allow\" lists the methods it knows.";
      case TIMED_OUT ->
          "The request did not arrive in time and the connection was closed. Try again.";
      case IN_FLIGHT ->
          "The same post is being stored at this moment. Ask again with the same key in a second.";
      case DUPLICATE_COMMENT -> "The same text was posted on this page within the last day.";
      case CONFLICT -> "Something in the present state stands against it; the detail says what.";
      case STALE ->
          "Somebody else changed it first. The answer carries the present state; look at it and decide again.";
      case TOO_LARGE ->
          "The body is larger than this address accepts: 128 KiB where a comment travels, else 16.";
      case UNSUPPORTED_MEDIA ->
          "Send JSON as \"Content-Type: application/json\", once, without Content-Encoding.";
      case IDEMPOTENCY_KEY_REUSED ->
          "An Idempotency-Key belongs to one post. Make a new key for a new one.";
      case IF_MATCH_REQUIRED -> "Send \"If-Match\" with the version that you mean to change.";
      case NUDGE ->
          "The site is wary of what \"nudge\" names: a word or a link. Change it, or send the same post again with the"
              + " same Idempotency-Key: then it waits for a moderator.";
      case STATEMENT_REQUIRED ->
          "Somebody has sent a legal notice about the comment, or appealed against a decision on it. Send, as"
              + " \"statement\", the reasons for what you decide: they are shown to those whom it concerns.";
      case ANOTHER_MODERATOR ->
          "The appeal is against your own decision. Whoever else may decide on the site has to answer it.";
      case PROOF_REQUIRED ->
          "The answer carries a \"challenge\". Solve it and send the post again with the proof.";
      case TOO_MANY ->
          "Wait for the time in \"Retry-After\" and try again. \"RateLimit\" says how much is left.";
      case UNAVAILABLE ->
          "The service is busy or its database away. Wait for the time in \"Retry-After\" and try again with the"
              + " same Idempotency-Key: nothing is stored twice.";
      case INTERNAL ->
          "Something went wrong on our side. It has been noted under the request's id.";
    };
  }
}
