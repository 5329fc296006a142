package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.http.Query;
import afterword.model.Cidr;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Limits;
import afterword.model.PublicId;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Bans: {@code /api/v1/admin/bans}. Behind {@link Guard}. */
public final class BanApi {
  private final Sites sites;
  private final Bans bans;
  private final Clock clock;

  public BanApi(Sites sites, Bans bans, Clock clock) {
    this.sites = sites;
    this.bans = bans;
    this.clock = clock;
  }

  /** {@code GET bans?site}. */
  public void list(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Optional<String> site = Query.one(ctx, "site").filter(key -> !key.isEmpty());
    Future<Collection<Integer>> visible =
        site.map(key -> sites.byKey(key).<Collection<Integer>>map(s -> one(moderator, s.id())))
            .orElseGet(() -> Future.succeededFuture(moderator.sites(Role.VIEWER)));
    visible
        .compose(ids -> bans.list(ids, null))
        .onSuccess(list -> Answers.send(ctx, new JsonObject().put("bans", new JsonArray(list))))
        .onFailure(ctx::fail);
  }

  private static Collection<Integer> one(Moderator moderator, int site) {
    moderator.require(site, Role.VIEWER);
    return Set.of(site);
  }

  /** {@code POST bans}. */
  public void add(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Fields fields = JsonBody.of(ctx);
    String key = fields.requiredText("site", 63);
    Optional<PublicId> author = id(fields, "author");
    Optional<String> email = email(fields);
    Optional<PublicId> rangeOf = id(fields, "rangeOf");
    Optional<String> range = range(fields);
    boolean shadow = fields.flag("shadow").orElse(false);
    boolean holds = fields.flag("holds").orElse(false);
    Optional<Instant> until = until(fields);
    boolean rejectPending = fields.flag("rejectPending").orElse(false);
    String reason = fields.text("reason", Limits.NOTE).orElse(null);
    long targets = Stream.of(author, email, rangeOf, range).filter(Optional::isPresent).count();
    boolean wrong = Stream.of("author", "email", "rangeOf", "range").anyMatch(fields::isWrong);
    if (targets != 1 && !wrong)
      fields.wrong("author", "required", "Name one of author, email, rangeOf and range.");
    if (shadow && holds)
      fields.wrong("holds", "not-both", "Either it waits for a moderator, or nobody is told.");
    fields.finish();
    sites
        .byKey(key)
        .compose(
            site -> {
              moderator.require(site.id(), Role.MODERATOR);
              requireOn(site.id(), author, "author");
              requireOn(site.id(), rangeOf, "rangeOf");
              var target =
                  new BanStore.Target(
                      author.map(PublicId::row),
                      email.map(BanStore::pattern),
                      rangeOf.map(PublicId::row),
                      range);
              return bans.add(
                  moderator,
                  new Bans.Wanted(site.id(), target, shadow, holds, reason, until, rejectPending));
            })
        .onSuccess(
            made ->
                Answers.created(
                    ctx,
                    new JsonObject()
                        .put("ban", made.ban())
                        .put("rejected", made.rejected())
                        .put("noticed", made.noticed())
                        .put(
                            "decision",
                            made.decision().map(d -> "d" + Long.toString(d, 36)).orElse(null))))
        .onFailure(ctx::fail);
  }

  private static void requireOn(int site, Optional<PublicId> id, String field) {
    if (id.isEmpty() || id.get().site() == site) return;
    throw FailureException.invalid(
        List.of(
            new FieldError("/" + field, "unknown", "There is nothing with this id on the site.")));
  }

  private static Optional<PublicId> id(Fields fields, String name) {
    Optional<String> text = fields.text(name, 64);
    Optional<PublicId> id = text.flatMap(PublicId::parse);
    if (text.isPresent() && id.isEmpty())
      fields.wrong(name, "malformed", "There is nothing with such an id.");
    return id;
  }

  private static Optional<String> email(Fields fields) {
    Optional<String> email = fields.text("email", Limits.EMAIL).map(String::strip);
    if (email.isPresent()
        && !email.get().matches("[^\\s@]*[^\\s@*][^\\s@]*@\\S+|\\*@\\S*[^\\s*.]\\S*")) {
      fields.wrong(
          "email", "malformed", "Write an address, or a pattern such as \"*@shop.example\".");
      return Optional.empty();
    }
    return email;
  }

  private static Optional<String> range(Fields fields) {
    Optional<String> typed = fields.text("range", 60).map(String::strip);
    Optional<Cidr> range = typed.flatMap(Cidr::parse);
    if (typed.isPresent() && range.isEmpty())
      fields.wrong("range", "malformed", "Write a range of addresses, such as 192.0.2.0/24.");
    return range.map(BanApi::written);
  }

  private static String written(Cidr range) {
    try {
      return InetAddress.getByAddress(range.network()).getHostAddress() + "/" + range.bits();
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Optional<Instant> until(Fields fields) {
    Optional<String> typed = fields.text("expiresAt", 40);
    if (typed.isEmpty()) return Optional.empty();
    try {
      Instant until = OffsetDateTime.parse(typed.get()).toInstant();
      if (until.isAfter(clock.instant())) return Optional.of(until);
      fields.wrong("expiresAt", "out-of-range", "Name a time to come.");
    } catch (DateTimeException notATime) {
      fields.wrong("expiresAt", "malformed", "Write a time as 2026-01-31T12:00:00Z.");
    }
    return Optional.empty();
  }

  /** {@code DELETE bans/{id}}. */
  public void lift(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    PublicId id = PublicId.parse(ctx.pathParam("id")).orElseThrow(BanApi::missing);
    moderator.require(id.site(), Role.MODERATOR);
    bans.lift(moderator, id)
        .onSuccess(
            lifted -> {
              if (lifted) Answers.done(ctx);
              else ctx.fail(missing());
            })
        .onFailure(ctx::fail);
  }

  private static FailureException missing() {
    return FailureException.notFound("There is no such ban, or it is not yours.");
  }
}
