package afterword.site;

import afterword.audit.AuditStore;
import afterword.auth.Guard;
import afterword.auth.Member;
import afterword.auth.Moderator;
import afterword.auth.Moderators;
import afterword.auth.Role;
import afterword.events.EventFeed;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.Problem;
import afterword.model.Site;
import afterword.model.SiteSettings;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sites and their settings: {@code /api/v1/admin/sites}. Behind {@link Guard}. A change is audited
 * and acts on every process as soon as the event is heard.
 */
public final class SiteApi {
  private static final int MOST_ORIGINS = 50;

  private final SiteStore store;
  private final SiteAdmin admin;
  private final Moderators moderators;
  private final AuditStore audit;
  private final EventFeed feed;
  private final String publicBaseUrl;

  public SiteApi(
      SiteStore store,
      SiteAdmin admin,
      Moderators moderators,
      AuditStore audit,
      EventFeed feed,
      String publicBaseUrl) {
    this.store = store;
    this.admin = admin;
    this.moderators = moderators;
    this.audit = audit;
    this.feed = feed;
    this.publicBaseUrl = publicBaseUrl;
  }

  /** {@code GET sites}: those one has a role on. */
  public void list(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    store
        .byIds(moderator.roles().keySet().toArray(Integer[]::new))
        .map(
            sites -> {
              var list = new JsonArray();
              sites.forEach(site -> list.add(json(site, moderator)));
              return new JsonObject().put("sites", list);
            })
        .onSuccess(json -> send(ctx, 200, json))
        .onFailure(ctx::fail);
  }

  /** {@code POST sites}: for operators, who become owners of what they add. */
  public void add(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    if (!moderator.operator())
      throw FailureException.refused(Problem.FORBIDDEN, "Only an operator adds sites.");
    Fields fields = JsonBody.of(ctx);
    String key = fields.requiredText("key", 63);
    Optional<String> name = fields.text("name", Limits.TITLE);
    List<String> origins = fields.texts("origins", MOST_ORIGINS, Limits.PAGE_URL);
    fields.finish();
    admin
        .add(key, name.filter(n -> !n.isBlank()).orElse(key), origins, SiteSettings.DEFAULTS)
        .compose(site -> moderators.ownNewSite(moderator, site.id()).map(site))
        .onSuccess(
            site -> {
              feed.announce(SiteAdmin.changed(site.id()));
              send(ctx, 201, json(site, Role.OWNER));
            })
        .onFailure(ctx::fail);
  }

  /** {@code PATCH sites/{site}}: name and origins. */
  public void change(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    owned(ctx)
        .compose(
            site -> {
              Fields fields = JsonBody.of(ctx);
              String name = fields.text("name", Limits.TITLE).orElse(site.name());
              List<String> origins =
                  fields.has("origins")
                      ? fields.texts("origins", MOST_ORIGINS, Limits.PAGE_URL)
                      : site.origins();
              fields.finish();
              var changed = new ArrayList<String>();
              if (!name.equals(site.name())) changed.add("name");
              if (!origins.equals(site.origins())) changed.add("origins");
              var after =
                  new Site(site.id(), site.key(), name, origins, site.settings(), site.version());
              return save(moderator, site, after, changed);
            })
        .onSuccess(site -> send(ctx, 200, json(site, moderator)))
        .onFailure(ctx::fail);
  }

  /** {@code GET sites/{site}/settings}. */
  public void settings(RoutingContext ctx) {
    owned(ctx)
        .onSuccess(site -> send(ctx, 200, SettingsReader.shown(site.settings())))
        .onFailure(ctx::fail);
  }

  /** {@code PATCH sites/{site}/settings}: what is not named stays. */
  public void changeSettings(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    owned(ctx)
        .compose(
            site -> {
              var read = SettingsReader.read(JsonBody.of(ctx), site.settings());
              return save(moderator, site, with(site, read.settings()), read.changed());
            })
        .onSuccess(site -> send(ctx, 200, SettingsReader.shown(site.settings())))
        .onFailure(ctx::fail);
  }

  /** {@code GET sites/{site}/words}: for everybody who decides, to know what is looked for. */
  public void words(RoutingContext ctx) {
    site(ctx, Role.MODERATOR).onSuccess(site -> send(ctx, 200, words(site))).onFailure(ctx::fail);
  }

  private static JsonObject words(Site site) {
    JsonObject all = SettingsJson.write(site.settings());
    return new JsonObject()
        .put("blockedWords", all.getJsonArray("blockedWords"))
        .put("suspectWords", all.getJsonArray("suspectWords"));
  }

  /** {@code PUT sites/{site}/words}. */
  public void changeWords(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    owned(ctx)
        .compose(
            site -> {
              Fields fields = JsonBody.of(ctx);
              for (String name : List.of("blockedWords", "suspectWords"))
                if (!fields.has(name)) fields.wrong(name, "required", "Send both lists whole.");
              onlyWords(fields);
              var read = SettingsReader.read(fields, site.settings());
              return save(moderator, site, with(site, read.settings()), read.changed());
            })
        .onSuccess(site -> send(ctx, 200, words(site)))
        .onFailure(ctx::fail);
  }

  /** {@code GET sites/{site}/moderators}. */
  public void members(RoutingContext ctx) {
    owned(ctx)
        .compose(site -> moderators.members(site.id()))
        .onSuccess(members -> send(ctx, 200, json(members)))
        .onFailure(ctx::fail);
  }

  private static JsonObject json(List<Member> members) {
    var list = new JsonArray();
    for (Member member : members) {
      list.add(
          new JsonObject()
              .put("id", member.publicId())
              .put("email", member.email())
              .put("name", member.name())
              .put("role", member.role().word()));
    }
    return new JsonObject().put("moderators", list);
  }

  /** {@code PUT sites/{site}/moderators/{id}}: another role; ends that person's sessions. */
  public void changeRole(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    owned(ctx)
        .compose(
            site -> {
              Fields fields = JsonBody.of(ctx);
              String word = fields.requiredText("role", 20);
              boolean known =
                  Arrays.stream(Role.values()).anyMatch(role -> role.word().equals(word));
              if (!known && !word.isEmpty())
                fields.wrong("role", "unknown", "A role is owner, moderator or viewer.");
              fields.finish();
              Role role = Role.of(word);
              return member(ctx, site, role)
                  .compose(
                      member ->
                          moderators.setRole(moderator.actor(), member.email(), site.key(), role))
                  .compose(set -> moderators.members(site.id()));
            })
        .onSuccess(members -> send(ctx, 200, json(members)))
        .onFailure(ctx::fail);
  }

  /** {@code DELETE sites/{site}/moderators/{id}}. */
  public void removeMember(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    owned(ctx)
        .compose(
            site ->
                member(ctx, site, null)
                    .compose(
                        member ->
                            moderators.removeRole(moderator.actor(), member.email(), site.key())))
        .onSuccess(
            removed ->
                ctx.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end())
        .onFailure(ctx::fail);
  }

  /** Somebody must be left who can set the site up. */
  private Future<Member> member(RoutingContext ctx, Site site, Role next) {
    String id = ctx.pathParam("id");
    return moderators
        .members(site.id())
        .map(
            members -> {
              Member member =
                  members.stream()
                      .filter(m -> m.publicId().equals(id))
                      .findFirst()
                      .orElseThrow(SiteApi::missing);
              long owners = members.stream().filter(m -> m.role() == Role.OWNER).count();
              if (member.role() == Role.OWNER && next != Role.OWNER && owners == 1) {
                throw new FailureException(
                    new Failure.Conflict(
                        Problem.CONFLICT, "A site keeps at least one owner. Name another first."));
              }
              return member;
            });
  }

  private static void onlyWords(Fields fields) {
    for (String other : SettingsJson.write(SiteSettings.DEFAULTS).fieldNames()) {
      boolean word = other.equals("blockedWords") || other.equals("suspectWords");
      if (!word && fields.has(other)) fields.wrong(other, "unknown", "There is no such field.");
    }
  }

  private static Site with(Site site, SiteSettings settings) {
    return new Site(site.id(), site.key(), site.name(), site.origins(), settings, site.version());
  }

  private Future<Site> save(Moderator moderator, Site before, Site after, List<String> changed) {
    if (changed.isEmpty()) return Future.succeededFuture(before);
    return admin
        .change(moderator.actor(), before, after, audit, String.join(" ", changed))
        .onSuccess(site -> feed.announce(SiteAdmin.changed(site.id())));
  }

  private Future<Site> owned(RoutingContext ctx) {
    return site(ctx, Role.OWNER);
  }

  private Future<Site> site(RoutingContext ctx, Role needed) {
    Moderator moderator = Guard.moderator(ctx);
    return store
        .byKey(ctx.pathParam("site"))
        .map(
            found -> {
              Site site = found.orElseThrow(SiteApi::missing);
              moderator.require(site.id(), needed);
              return site;
            });
  }

  private static FailureException missing() {
    return FailureException.notFound("There is nothing here, or it is not yours.");
  }

  private JsonObject json(Site site, Moderator moderator) {
    return json(site, moderator.roleOn(site.id()).orElseThrow());
  }

  private JsonObject json(Site site, Role role) {
    return new JsonObject()
        .put("key", site.key())
        .put("name", site.name())
        .put("role", role.word())
        .put("origins", new JsonArray(site.origins()))
        .put("version", site.version())
        .put("rejectTemplates", new JsonArray(site.settings().rejectTemplates()))
        .put("snippet", SiteAdmin.snippet(publicBaseUrl, site.key()));
  }

  private static void send(RoutingContext ctx, int status, JsonObject json) {
    ctx.response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json.toBuffer());
  }
}
