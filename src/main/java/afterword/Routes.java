package afterword;

import afterword.auth.Guard;
import afterword.auth.Scope;
import afterword.http.Bodies;
import afterword.http.BodyDeadline;
import afterword.http.Farewell;
import afterword.http.HostGuard;
import afterword.http.RequestId;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;

/**
 * The sitemap: one line per route, grouped by who may call. One per event loop, on shared rooms.
 */
final class Routes {
  private static final Duration BODY_WITHIN = Duration.ofSeconds(10);

  private final Rooms rooms;
  private final Router router;
  private final Sitemap map;
  private final Handler<RoutingContext> small = Bodies.small();

  Routes(Vertx vertx, Rooms rooms) {
    this.rooms = rooms;
    this.router = Router.router(vertx);
    this.map = new Sitemap(router);
    everything(vertx);
    files();
    readers();
    lookers();
    commenters();
    moderators();
    map.end();
  }

  Router router() {
    return router;
  }

  List<Sitemap.Line> lines() {
    return map.lines();
  }

  private void everything(Vertx vertx) {
    router
        .route()
        .handler(new RequestId())
        .handler(rooms.accessLog)
        .handler(rooms.requestMetrics)
        .handler(this::headers)
        .handler(new Farewell(rooms.health::draining))
        .handler(new HostGuard())
        .handler(new BodyDeadline(vertx, BODY_WITHIN))
        .failureHandler(rooms.problems);
  }

  /** Ours alone under /admin, for every page elsewhere; problems and unknown addresses included. */
  private void headers(RoutingContext ctx) {
    String path = ctx.normalizedPath();
    if (isUnder("/admin", path) || isUnder("/api/v1/admin", path)) rooms.adminHeaders.handle(ctx);
    else rooms.publicHeaders.handle(ctx);
  }

  private static boolean isUnder(String folder, String path) {
    return path.startsWith(folder)
        && (path.length() == folder.length() || path.charAt(folder.length()) == '/');
  }

  private void files() {
    map.group()
        .get("/embed/v1.js", rooms.widgetFiles::show)
        .get("/embed/v1/fragment", rooms.fragments::show)
        .get("/embed/v1/*", rooms.widgetFiles::show)
        .get("/page/*", rooms.pageFiles::show)
        .get("/admin", rooms.adminFiles::show)
        .get("/admin/*", rooms.adminFiles::show)
        .get("/api/v1/openapi.yaml", rooms.contract::show)
        .get("/problems/:slug", rooms.problemPages::show);
  }

  /** Anybody, from any page. */
  private void readers() {
    map.group(rooms.inFlight)
        .get("/t", rooms.plainPages::show)
        .get("/c/:id", rooms.permalinks::show)
        .get("/c/:id/notice", rooms.notices::show)
        .get("/c/:id/reasons", rooms.reasons::show)
        .get("/notices/:receipt", rooms.receipts::show)
        .get("/api/v1/sites/:site/thread", rooms.threads::show)
        .get("/api/v1/sites/:site/comments/:id", rooms.ownComments::show)
        .get("/api/v1/sites/:site/comments/:id/replies", rooms.threads::replies)
        .get("/api/v1/sites/:site/challenge", rooms.comments::challenge)
        .get("/api/v1/sites/:site/counts", rooms.threads::counts)
        .get("/api/v1/sites/:site/latest", rooms.threads::latest)
        .get("/api/v1/sites/:site/feed.atom", rooms.feeds::atom)
        .get("/api/v1/sites/:site/feed.json", rooms.feeds::json);
  }

  /** Anybody, from any page, for as long as they look. */
  private void lookers() {
    map.group().get("/api/v1/sites/:site/live", rooms.live::show);
  }

  /** Anybody, from a page of the site. */
  private void commenters() {
    map.group(rooms.inFlight, Bodies.ofComment(), rooms.postLine)
        .post("/t", rooms.plainPages::post)
        .post("/api/v1/sites/:site/comments", rooms.comments::post);
    map.group(rooms.inFlight, Bodies.ofComment())
        .post("/c/:id/notice", rooms.notices::file)
        .post("/c/:id/reasons", rooms.reasons::appeal)
        .post("/notices/:receipt", rooms.receipts::appeal)
        .post("/api/v1/sites/:site/comments/:id/appeals", rooms.appeals::appeal)
        .patch("/api/v1/sites/:site/comments/:id", rooms.ownComments::edit)
        .post("/api/v1/sites/:site/preview", rooms.comments::preview);
    map.group(rooms.inFlight, small)
        .post("/api/v1/sites/:site/comments/:id/flags", rooms.flags::flag)
        .delete("/api/v1/sites/:site/comments/:id", rooms.ownComments::withdraw)
        .put("/api/v1/sites/:site/comments/:id/vote", rooms.votes::put);
  }

  /** Moderators, from our own pages or with an access token. */
  private void moderators() {
    var session = rooms.auth.sessionApi();
    Guard guard = rooms.auth.guard();
    var passkeys = rooms.auth.passkeyApi();
    map.group(rooms.inFlight, small)
        .post("/api/v1/admin/session", session::signIn)
        .post("/api/v1/admin/session/passkey/challenge", passkeys::beginSignIn)
        .post("/api/v1/admin/session/passkey", passkeys::signIn);
    var provider = rooms.auth.providerApi();
    map.group(rooms.inFlight)
        .get("/api/v1/admin/sign-in", provider::ways)
        .get("/api/v1/admin/oidc/start", provider::start)
        .get("/api/v1/admin/oidc/callback", provider::callback);
    map.group(rooms.inFlight, guard.authenticated()).get("/api/v1/admin/session", session::show);
    map.group(rooms.inFlight, guard.signedIn()).delete("/api/v1/admin/session", session::signOut);
    var account = rooms.auth.accountApi();
    var tokens = rooms.auth.tokenApi();
    var invitations = rooms.auth.invitationApi();
    map.group(rooms.inFlight, small)
        .post("/api/v1/admin/invitations/preview", invitations::preview)
        .post("/api/v1/admin/invitations/accept", invitations::accept);
    map.group(rooms.inFlight, small, guard.signedIn())
        .get("/api/v1/admin/sessions", account::sessions)
        .delete("/api/v1/admin/sessions/:id", account::endSession)
        .put("/api/v1/admin/me/password", account::changePassword)
        .get("/api/v1/admin/me/totp", account::showTotp)
        .post("/api/v1/admin/me/totp", account::beginTotp)
        .put("/api/v1/admin/me/totp", account::confirmTotp)
        .delete("/api/v1/admin/me/totp", account::removeTotp)
        .get("/api/v1/admin/me/mail", rooms.notify.waitingMail()::show)
        .put("/api/v1/admin/me/mail", rooms.notify.waitingMail()::change)
        .get("/api/v1/admin/me/passkeys", passkeys::list)
        .post("/api/v1/admin/me/passkeys/challenge", passkeys::beginAdding)
        .post("/api/v1/admin/me/passkeys", passkeys::add)
        .patch("/api/v1/admin/me/passkeys/:id", passkeys::rename)
        .delete("/api/v1/admin/me/passkeys/:id", passkeys::remove)
        .get("/api/v1/admin/tokens", tokens::list)
        .post("/api/v1/admin/tokens", tokens::add)
        .delete("/api/v1/admin/tokens/:id", tokens::revoke)
        .get("/api/v1/admin/invitations", invitations::list)
        .post("/api/v1/admin/invitations", invitations::make)
        .delete("/api/v1/admin/invitations/:id", invitations::withdraw);
    var moderation = rooms.moderation;
    map.group(rooms.inFlight, guard.may(Scope.QUEUE_READ))
        .get("/api/v1/admin/queue", moderation.queue()::show)
        .get("/api/v1/admin/comments/:id", moderation.comments()::show)
        .get("/api/v1/admin/authors/:id", moderation.comments()::author)
        .get("/api/v1/admin/bans", moderation.bans()::list)
        .get("/api/v1/admin/stats", moderation.stats()::show)
        .get("/api/v1/admin/filters", moderation.filters()::list)
        .get("/api/v1/admin/pages", rooms.pages::list)
        .get("/api/v1/admin/pages/:id", rooms.pages::show)
        .get("/api/v1/admin/sites", rooms.siteApi::list)
        .get("/api/v1/admin/sites/:site/words", rooms.siteApi::words)
        .get("/api/v1/admin/sites/:site/check-url", rooms.pages::checkUrl);
    map.group(rooms.inFlight, guard.may(Scope.DECIDE))
        .get("/api/v1/admin/second-looks", moderation.secondLooks()::list);
    map.group(guard.may(Scope.QUEUE_READ)).get("/api/v1/admin/live", moderation.live()::show);
    map.group(rooms.inFlight, guard.may(Scope.AUDIT))
        .get("/api/v1/admin/audit", moderation.audit()::list)
        .get("/api/v1/admin/notices", rooms.noticeAdmin::list);
    map.group(rooms.inFlight, small, guard.may(Scope.QUEUE_READ))
        .post("/api/v1/admin/filters", moderation.filters()::add)
        .delete("/api/v1/admin/filters/:id", moderation.filters()::remove);
    map.group(rooms.inFlight, guard.may(Scope.SETTINGS))
        .get("/api/v1/admin/sites/:site/settings", rooms.siteApi::settings)
        .get("/api/v1/admin/sites/:site/rules", rooms.rules::show)
        .get("/api/v1/admin/sites/:site/retention", moderation.retention()::show)
        .get("/api/v1/admin/sites/:site/moderators", rooms.siteApi::members);
    map.group(rooms.inFlight, Bodies.ofComment(), guard.may(Scope.SETTINGS))
        .patch("/api/v1/admin/sites/:site/settings", rooms.siteApi::changeSettings)
        .put("/api/v1/admin/sites/:site/words", rooms.siteApi::changeWords)
        .post("/api/v1/admin/sites/:site/replay", rooms.replay::replay);
    map.group(rooms.inFlight, small, guard.may(Scope.SETTINGS))
        .post("/api/v1/admin/sites", rooms.siteApi::add)
        .patch("/api/v1/admin/sites/:site", rooms.siteApi::change)
        .put("/api/v1/admin/sites/:site/moderators/:id", rooms.siteApi::changeRole)
        .delete("/api/v1/admin/sites/:site/moderators/:id", rooms.siteApi::removeMember);
    var webhooks = rooms.notify.webhooks();
    map.group(rooms.inFlight, guard.may(Scope.SETTINGS))
        .get("/api/v1/admin/sites/:site/webhooks", webhooks::list)
        .get("/api/v1/admin/sites/:site/deliveries", rooms.notify.deliveries()::list);
    map.group(rooms.inFlight, small, guard.may(Scope.SETTINGS))
        .post("/api/v1/admin/sites/:site/webhooks", webhooks::add)
        .patch("/api/v1/admin/sites/:site/webhooks/:id", webhooks::change)
        .delete("/api/v1/admin/sites/:site/webhooks/:id", webhooks::remove)
        .post("/api/v1/admin/sites/:site/webhooks/:id/secret", webhooks::changeSecret)
        .post("/api/v1/admin/sites/:site/webhooks/:id/ping", webhooks::ping)
        .post(
            "/api/v1/admin/sites/:site/deliveries/:id/redeliver",
            rooms.notify.deliveries()::redeliver);
    map.group(rooms.inFlight, Bodies.ofDecision(), guard.may(Scope.DECIDE))
        .post("/api/v1/admin/decisions", moderation.decisions()::decide)
        .post("/api/v1/admin/decisions/:id/undo", moderation.decisions()::undo);
    map.group(rooms.inFlight, Bodies.ofComment(), guard.may(Scope.DECIDE))
        .patch("/api/v1/admin/comments/:id", moderation.comments()::change)
        .post("/api/v1/admin/comments/:id/replies", moderation.comments()::reply);
    map.group(rooms.inFlight, small, guard.may(Scope.DECIDE))
        .delete("/api/v1/admin/comments/:id", moderation.comments()::delete)
        .delete("/api/v1/admin/notices/:id", rooms.noticeAdmin::erase)
        .patch("/api/v1/admin/pages/:id", rooms.pages::change)
        .post("/api/v1/admin/pages/:id/merge", rooms.pages::merge)
        .post("/api/v1/admin/second-looks", moderation.secondLooks()::add)
        .post("/api/v1/admin/leases", moderation.leases()::deal)
        .patch("/api/v1/admin/leases/:id", moderation.leases()::renew)
        .delete("/api/v1/admin/leases/:id", moderation.leases()::release)
        .post("/api/v1/admin/comments/:id/hand-on", moderation.leases()::handOn)
        .delete("/api/v1/admin/comments/:id/hand-on", moderation.leases()::takeBack)
        .post("/api/v1/admin/bans", moderation.bans()::add)
        .delete("/api/v1/admin/bans/:id", moderation.bans()::lift);
  }
}
