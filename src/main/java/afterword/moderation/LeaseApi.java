package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.PublicId;
import afterword.moderation.Leases.Lease;
import afterword.notice.OpenNotices;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Short claims on comments: {@code /api/v1/admin/leases}. Behind {@link Guard}. */
public final class LeaseApi {
  private static final int MOST = 100;
  private static final int USUAL = 20;
  private static final int LONGEST = 300;

  private final Sites sites;
  private final VisibleSites visible;
  private final QueueStore queue;
  private final Leases leases;
  private final CardStore cards;
  private final OpenNotices notices;
  private final Why why;
  private final Clock clock;

  public LeaseApi(Sites sites, Database database, Clock clock) {
    this.sites = sites;
    this.visible = new VisibleSites(sites);
    this.queue = new QueueStore(database);
    this.leases = new Leases(database, queue, clock);
    this.cards = new CardStore(database, clock);
    this.notices = new OpenNotices(database);
    this.why = new Why(sites);
    this.clock = clock;
  }

  /** {@code POST /api/v1/admin/leases}. */
  public void deal(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Fields fields = JsonBody.of(ctx);
    Map<String, String> given = filter(fields.object("filter"));
    int n = fields.integer("n", 1, MOST).orElse((long) USUAL).intValue();
    fields.finish();
    Filter filter = Filter.of(given, clock.instant());
    decidable(moderator, filter)
        .compose(
            decidable ->
                leases
                    .deal(moderator, decidable, filter, n)
                    .compose(
                        lease ->
                            withOthers(moderator, decidable, filter, lease, n)
                                .compose(shown -> dealt(moderator, filter, lease, shown))))
        .onSuccess(answer -> Answers.send(ctx, answer))
        .onFailure(ctx::fail);
  }

  /** Of notices, below what is dealt, what somebody else has to answer. */
  private Future<List<PublicId>> withOthers(
      Moderator moderator, Set<Integer> decidable, Filter filter, Lease lease, int n) {
    int room = n - lease.comments().size();
    if (filter.status().isPresent() || room == 0) return Future.succeededFuture(lease.comments());
    return leases
        .forOthers(moderator, decidable, filter, room)
        .map(others -> Stream.concat(lease.comments().stream(), others.stream()).toList());
  }

  private Future<JsonObject> dealt(
      Moderator moderator, Filter filter, Lease lease, List<PublicId> shown) {
    Future<List<Card>> found = cards.cards(shown, moderator).compose(why::said);
    Future<Long> waiting = visible.of(moderator, filter.site()).compose(queue::waiting);
    Future<Long> noticed = visible.of(moderator, filter.site()).compose(notices::count);
    return Future.all(found, waiting, noticed)
        .map(
            all ->
                json(lease)
                    .put("cards", jsons(found.result()))
                    .put("waiting", waiting.result())
                    .put("noticed", noticed.result()));
  }

  private static Map<String, String> filter(Fields fields) {
    var given = new LinkedHashMap<String, String>();
    for (String name : Filter.NAMES)
      fields.text(name, LONGEST).ifPresent(value -> given.put(name, value));
    return given;
  }

  private Future<Set<Integer>> decidable(Moderator moderator, Filter filter) {
    if (filter.site().isPresent()) {
      return sites
          .byKey(filter.site().get())
          .map(
              site -> {
                moderator.require(site.id(), Role.MODERATOR);
                return Set.of(site.id());
              });
    }
    Set<Integer> own = moderator.sites(Role.MODERATOR);
    if (own.isEmpty())
      throw FailureException.refused(
          Problem.FORBIDDEN, "You have no site on which you may decide.");
    return Future.succeededFuture(
        filter
            .author()
            .map(author -> own.contains(author.site()) ? Set.of(author.site()) : Set.<Integer>of())
            .orElse(own));
  }

  /** {@code PATCH /api/v1/admin/leases/{id}}: two minutes more. */
  public void renew(RoutingContext ctx) {
    leases
        .renew(Guard.moderator(ctx), id(ctx))
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    lease ->
                        Answers.send(
                            ctx,
                            json(lease)
                                .put(
                                    "items",
                                    new JsonArray(
                                        lease.comments().stream().map(Object::toString).toList()))),
                    () -> ctx.fail(gone())))
        .onFailure(ctx::fail);
  }

  /** {@code DELETE /api/v1/admin/leases/{id}}. */
  public void release(RoutingContext ctx) {
    answer(ctx, leases.release(Guard.moderator(ctx), id(ctx)), LeaseApi::gone);
  }

  /** {@code POST /api/v1/admin/comments/{id}/hand-on}: it is dealt to others, for an hour. */
  public void handOn(RoutingContext ctx) {
    answer(ctx, leases.handOn(Guard.moderator(ctx), comment(ctx)), LeaseApi::missing);
  }

  /** {@code DELETE /api/v1/admin/comments/{id}/hand-on}. */
  public void takeBack(RoutingContext ctx) {
    answer(ctx, leases.takeBack(Guard.moderator(ctx), comment(ctx)), LeaseApi::missing);
  }

  private static void answer(
      RoutingContext ctx, Future<Boolean> done, Supplier<FailureException> otherwise) {
    done.onSuccess(
            found -> {
              if (found) Answers.done(ctx);
              else ctx.fail(otherwise.get());
            })
        .onFailure(ctx::fail);
  }

  /** What is not there and what is somebody else's look the same. */
  private static PublicId comment(RoutingContext ctx) {
    PublicId id = PublicId.parse(ctx.pathParam("id")).orElseThrow(LeaseApi::missing);
    Guard.moderator(ctx).require(id.site(), Role.MODERATOR);
    return id;
  }

  private static FailureException missing() {
    return FailureException.notFound("There is no such comment, or it is not yours.");
  }

  private static JsonObject json(Lease lease) {
    return new JsonObject()
        .put("id", "l" + Long.toString(lease.id(), 36))
        .put("expiresAt", lease.expiresAt().toString());
  }

  private static JsonArray jsons(List<Card> cards) {
    var list = new JsonArray();
    cards.forEach(card -> list.add(card.json()));
    return list;
  }

  private static long id(RoutingContext ctx) {
    String text = ctx.pathParam("id");
    if (!text.matches("l[0-9a-z]{1,12}")) throw gone();
    return Long.parseLong(text.substring(1), 36);
  }

  private static FailureException gone() {
    return FailureException.notFound("There is no such lease, or it has run out.");
  }
}
