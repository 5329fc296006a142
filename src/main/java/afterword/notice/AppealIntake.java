package afterword.notice;

import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.PlainHtml;
import afterword.http.Problems;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.PublicId;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** What an appeal that was typed on a page of ours passes before it is taken. */
final class AppealIntake {
  private final Sites sites;
  private final RateLimiter limiter;
  private final ClientAddress addresses;

  AppealIntake(Sites sites, RateLimiter limiter, ClientAddress addresses) {
    this.sites = sites;
    this.limiter = limiter;
    this.addresses = addresses;
  }

  /** The text; every attempt counts against the sender, one that says something as an appeal. */
  Future<String> read(RoutingContext ctx, PublicId comment, String typed) {
    return sites
        .byId(comment.site())
        .map(
            found -> {
              var site = found.orElseThrow(FileNotice::noComment);
              byte[] range = addresses.rangeOf(ctx);
              limiter.take(Sender.on(site).from(range)).admit(ctx.response().headers());
              var fields = new Fields(Map.of("appeal", typed));
              String text = NoticeForm.explanation(fields, "appeal");
              fields.finish();
              limiter
                  .take(Sender.on(site).appealing(range, comment))
                  .admit(ctx.response().headers());
              return text;
            });
  }

  /** What is wrong with what was typed; nothing where it was refused for something else. */
  static List<FieldError> errors(FailureException cause) {
    return cause.failure() instanceof Failure.Invalid invalid ? invalid.errors() : List.of();
  }

  /**
   * @param page with what was typed
   */
  static Future<Void> refused(RoutingContext ctx, Failure failure, String page) {
    Problems.retryAfter(failure).ifPresent(s -> ctx.response().putHeader("Retry-After", s));
    return PlainHtml.send(ctx, Problems.statusOf(failure), page);
  }
}
