package afterword.comment;

import afterword.db.Database;
import afterword.keys.Keys;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.model.Site;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Finds the comment that an address names, and who shows its owner token. */
final class OwnComments {
  private final CommentStore comments;
  private final OwnerTokens tokens;

  OwnComments(Database database, Keys keys) {
    this.comments = new CommentStore(database);
    this.tokens = new OwnerTokens(keys);
  }

  Future<CommentRow> own(RoutingContext ctx, Site site, String token) {
    return find(ctx, site)
        .map(
            comment -> {
              if (tokens.owns(token, comment)) return comment;
              throw FailureException.unauthenticated("This token does not belong to the comment.");
            });
  }

  Future<CommentRow> find(RoutingContext ctx, Site site) {
    return PublicId.parse(ctx.pathParam("id"))
        .filter(id -> id.site() == site.id())
        .map(id -> comments.find(id).map(found -> found.orElseThrow(OwnComments::missing)))
        .orElseGet(() -> Future.failedFuture(missing()));
  }

  static FailureException missing() {
    return FailureException.notFound("There is no such comment.");
  }

  static String required(RoutingContext ctx) {
    return bearer(ctx).orElseThrow(() -> FailureException.unauthenticated("Send the owner token."));
  }

  static Optional<String> bearer(RoutingContext ctx) {
    List<String> values = ctx.request().headers().getAll("Authorization");
    if (values.isEmpty()) return Optional.empty();
    boolean bearer = values.size() == 1 && values.get(0).regionMatches(true, 0, "Bearer ", 0, 7);
    if (!bearer) throw FailureException.unauthenticated("Send the owner token as \"Bearer …\".");
    return Optional.of(values.get(0).substring(7).strip());
  }
}
