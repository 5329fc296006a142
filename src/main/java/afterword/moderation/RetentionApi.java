package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.comment.RetentionStore;
import afterword.comment.RetentionStore.Texts;
import afterword.db.Database;
import afterword.http.Query;
import afterword.model.Retention;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;

/**
 * What would go if a site kept things for so many days: {@code GET
 * /api/v1/admin/sites/{site}/retention}. Behind {@link Guard}. Nothing is written.
 */
public final class RetentionApi {
  private final Sites sites;
  private final Database database;
  private final RetentionStore store = new RetentionStore();
  private final Clock clock;

  RetentionApi(Sites sites, Database database, Clock clock) {
    this.sites = sites;
    this.database = database;
    this.clock = clock;
  }

  /** {@code GET ?forgetSendersAfterDays&eraseRejectedAfterDays&eraseDeletedAfterDays}. */
  public void show(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    var asked =
        new Retention(
            days(ctx, "forgetSendersAfterDays"),
            days(ctx, "eraseRejectedAfterDays"),
            days(ctx, "eraseDeletedAfterDays"));
    sites
        .byKey(ctx.pathParam("site"))
        .compose(
            site -> {
              moderator.require(site.id(), Role.OWNER);
              return counts(site.id(), asked);
            })
        .onSuccess(json -> Answers.send(ctx, json))
        .onFailure(ctx::fail);
  }

  private static int days(RoutingContext ctx, String name) {
    return Query.integer(ctx, name, 0, Retention.MOST_DAYS, 0);
  }

  private Future<JsonObject> counts(int site, Retention asked) {
    Instant now = clock.instant();
    return database.readCurrent(
        reads -> {
          var senders = store.senders(reads, site, asked.sendersDays(), now);
          var rejected = store.texts(reads, site, Texts.REJECTED, asked, now);
          var spam = store.texts(reads, site, Texts.SPAM, asked, now);
          var deleted = store.texts(reads, site, Texts.DELETED, asked, now);
          return Future.all(senders, rejected, spam, deleted)
              .map(
                  all ->
                      new JsonObject()
                          .put("senders", senders.result())
                          .put(
                              "rejected",
                              Math.min(rejected.result() + spam.result(), RetentionStore.MANY + 1))
                          .put("deleted", deleted.result())
                          .put("most", RetentionStore.MANY));
        });
  }
}
