package afterword.notify;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.db.Database;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.notify.WaitingMailStore.Wanted;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether one gets mail when comments wait: {@code /api/v1/admin/me/mail}. Behind {@link Guard}.
 */
public final class WaitingMailApi {
  private static final int LEAST_MINUTES = 15;
  private static final int MOST_MINUTES = 7 * 24 * 60;

  private final Database database;
  private final WaitingMailStore mails;
  private final boolean sends;
  private final Clock clock;

  WaitingMailApi(Database database, WaitingMailStore mails, boolean sends, Clock clock) {
    this.database = database;
    this.mails = mails;
    this.sends = sends;
    this.clock = clock;
  }

  /** {@code GET me/mail}: and whether this installation sends any mail. */
  public void show(RoutingContext ctx) {
    mails
        .find(Guard.moderator(ctx).id())
        .onSuccess(wanted -> Owned.send(ctx, 200, json(wanted)))
        .onFailure(ctx::fail);
  }

  /** {@code PUT me/mail}: nothing or null for none. */
  public void change(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Fields fields = JsonBody.of(ctx);
    Optional<Duration> every =
        fields.integer("everyMinutes", LEAST_MINUTES, MOST_MINUTES).map(Duration::ofMinutes);
    String language = fields.text("language", 10).orElse("en");
    if (!WaitingMailText.speaks(language) && !fields.isWrong("language"))
      fields.wrong("language", "unknown", "Mail is written in the languages of the admin page.");
    fields.finish();
    Future<Void> changed =
        database.write(
            tx ->
                every.isEmpty()
                    ? mails.unwant(tx, moderator.id())
                    : mails.want(tx, moderator.id(), every.get(), language, clock.instant()));
    var wanted = every.map(span -> new Wanted(span, Optional.empty()));
    changed.onSuccess(done -> Owned.send(ctx, 200, json(wanted))).onFailure(ctx::fail);
  }

  private JsonObject json(Optional<Wanted> wanted) {
    return new JsonObject()
        .put("sends", sends)
        .put("everyMinutes", wanted.map(Wanted::every).map(Duration::toMinutes).orElse(null))
        .put("refusal", wanted.flatMap(Wanted::refusal).orElse(null));
  }
}
