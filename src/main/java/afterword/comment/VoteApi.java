package afterword.comment;

import afterword.comment.VoteStore.Outcome;
import afterword.comment.VoteStore.Vote;
import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.rules.Facts;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Votes: one per comment and commenter key, for, against or taken back, as often as one likes. */
public final class VoteApi {
  private static final long ASK_AGAIN_SECONDS = 3_600;

  private final Sites sites;
  private final Database database;
  private final VoteStore votes;
  private final Acquaintance acquaintance;
  private final Keys keys;
  private final RateLimiter limiter;
  private final ClientAddress addresses;
  private final Clock clock;

  public VoteApi(
      Sites sites,
      Database database,
      Keys keys,
      RateLimiter limiter,
      ClientAddress addresses,
      Clock clock) {
    this.sites = sites;
    this.database = database;
    this.votes = new VoteStore(database);
    this.acquaintance = new Acquaintance(database, keys);
    this.keys = keys;
    this.limiter = limiter;
    this.addresses = addresses;
    this.clock = clock;
  }

  /** PUT /api/v1/sites/{site}/comments/{id}/vote */
  public void put(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(site -> vote(ctx, site))
        .onSuccess(
            answer ->
                ctx.response()
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Content-Type", "application/json")
                    .end(answer.toBuffer()))
        .onFailure(ctx::fail);
  }

  private Future<JsonObject> vote(RoutingContext ctx, Site site) {
    sites.requireOrigin(ctx, site);
    var client = new Client(addresses.of(ctx), addresses.rangeOf(ctx));
    admit(ctx, Sender.on(site).voting(client.range()));
    Ballot ballot = read(ctx, site, client);
    Vote vote = ballot.vote;
    admit(ctx, Sender.on(site).votingAs(vote.commenter()));
    return acquaintance
        .renew(site, Optional.of(ballot.commenterKey), client)
        .compose(renewed -> votes.known(vote))
        .map(known -> known.orElseThrow(VoteApi::missing))
        .compose(known -> cast(vote, known))
        .map(score -> new JsonObject().put("value", vote.value()).put("score", score));
  }

  private record Ballot(Vote vote, String commenterKey) {}

  private Ballot read(RoutingContext ctx, Site site, Client client) {
    PublicId comment =
        PublicId.parse(ctx.pathParam("id"))
            .filter(id -> id.site() == site.id())
            .orElseThrow(VoteApi::missing);
    Fields fields = JsonBody.of(ctx);
    Optional<Long> value = fields.integer("value", -1, 1);
    if (value.isEmpty() && !fields.isWrong("value"))
      fields.wrong("value", "required", "Send 1, 0 or -1.");
    String key = SubmissionReader.requiredCommenterKey(fields);
    fields.finish();
    var vote =
        new Vote(
            comment,
            keys.hash(Purpose.COMMENTER, Integer.toString(site.id()), key),
            Prints.range(keys, site, client),
            value.orElseThrow().intValue(),
            client,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    return new Ballot(vote, key);
  }

  /** Who is banned in the shadow sees the own vote, and nobody else does. */
  private Future<Long> cast(Vote vote, VoteStore.Known known) {
    if (known.own()) {
      throw FailureException.refused(Problem.FORBIDDEN, "Nobody votes on their own comment.");
    }
    if (known.ban() == Facts.Ban.OPEN) {
      throw FailureException.refused(Problem.BANNED, "You may not vote on this site.");
    }
    if (known.ban() == Facts.Ban.SHADOW) {
      return votes.score(vote.comment()).map(score -> score + vote.value());
    }
    return database
        .write(tx -> votes.cast(tx, vote))
        .compose(
            outcome ->
                outcome == Outcome.COUNTED
                    ? votes.score(vote.comment())
                    : Future.failedFuture(outcome == Outcome.GONE ? missing() : tooMany()));
  }

  private void admit(RoutingContext ctx, Sender sender) {
    limiter.take(sender).admit(ctx.response().headers());
  }

  private static FailureException tooMany() {
    return new FailureException(
        new Failure.TooMany(
            "As many people as may have voted on this comment from your network.",
            ASK_AGAIN_SECONDS));
  }

  private static FailureException missing() {
    return FailureException.notFound("There is no such comment.");
  }
}
