package afterword.spam;

import afterword.model.Opinion;
import afterword.model.Outside;
import afterword.model.Subject;
import afterword.outbound.Outbound;
import afterword.outbound.OutboundException;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Asks those outside whom a site wants asked, all at once and none longer than the site's deadline.
 * Whatever they do, the post goes on: who fails has no opinion, and the verdict says so.
 */
public final class OutsideOpinions {
  private static final String AKISMET = "https://rest.akismet.com/1.1/comment-check";

  private final Akismet akismet;
  private final Hook hook;

  public OutsideOpinions(Outbound outbound, Clock clock) {
    this(outbound, clock, AKISMET);
  }

  OutsideOpinions(Outbound outbound, Clock clock, String akismetUrl) {
    this.akismet = new Akismet(outbound, akismetUrl);
    this.hook = new Hook(outbound, clock);
  }

  /** Never fails. */
  public Future<List<Opinion>> ask(Subject subject) {
    Outside outside = subject.site().settings().checks().outside();
    var asked = new ArrayList<Future<Opinion>>();
    outside
        .akismetKey()
        .ifPresent(key -> asked.add(orAbsent("akismet", () -> akismet.ask(subject, key, outside))));
    outside
        .hookUrl()
        .ifPresent(url -> asked.add(orAbsent("hook", () -> hook.ask(subject, outside))));
    return Future.join(asked).map(all -> asked.stream().map(Future::result).toList());
  }

  private static Future<Opinion> orAbsent(
      String source, java.util.function.Supplier<Future<Opinion>> question) {
    return Future.succeededFuture()
        .compose(begin -> question.get())
        .otherwise(cause -> Opinion.absent(source, why(cause)));
  }

  /** A word of ours, never one of theirs. */
  private static String why(Throwable cause) {
    return cause instanceof OutboundException failed
        ? failed.why().name().toLowerCase(Locale.ROOT).replace('_', '-')
        : "nonsense";
  }
}
