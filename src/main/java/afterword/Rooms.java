package afterword;

import afterword.audit.AuditStore;
import afterword.audit.Sealer;
import afterword.auth.Auth;
import afterword.comment.Advisers;
import afterword.comment.AppealApi;
import afterword.comment.ChangeOwn;
import afterword.comment.CommentApi;
import afterword.comment.FlagApi;
import afterword.comment.FlagComment;
import afterword.comment.Intake;
import afterword.comment.KeyExpiry;
import afterword.comment.OwnApi;
import afterword.comment.Pace;
import afterword.comment.PostComment;
import afterword.comment.ReplayApi;
import afterword.comment.RulesApi;
import afterword.comment.Scorer;
import afterword.comment.VoteApi;
import afterword.config.Config;
import afterword.db.Database;
import afterword.db.Listening;
import afterword.events.CounterFolder;
import afterword.events.EventFeed;
import afterword.events.EventHistory;
import afterword.events.EventListener;
import afterword.events.EventNotifier;
import afterword.events.EventRetention;
import afterword.events.EventStore;
import afterword.http.AccessLog;
import afterword.http.AdminHeaders;
import afterword.http.ClientAddress;
import afterword.http.ConnectionCounts;
import afterword.http.InFlight;
import afterword.http.Line;
import afterword.http.ProblemPages;
import afterword.http.Problems;
import afterword.http.PublicHeaders;
import afterword.http.StaticFiles;
import afterword.keys.Keys;
import afterword.keys.SecretFile;
import afterword.live.LiveApi;
import afterword.moderation.CommentExpiry;
import afterword.moderation.Moderation;
import afterword.notice.Appeals;
import afterword.notice.NoticeAdminApi;
import afterword.notice.NoticeApi;
import afterword.notice.NoticeExpiry;
import afterword.notice.ReasonsApi;
import afterword.notice.ReceiptApi;
import afterword.notify.Notify;
import afterword.ops.DatabaseGauges;
import afterword.ops.DeliveryMetrics;
import afterword.ops.DeskMetrics;
import afterword.ops.Health;
import afterword.ops.LiveMetrics;
import afterword.ops.LoopMetrics;
import afterword.ops.Metrics;
import afterword.ops.RequestMetrics;
import afterword.outbound.Names;
import afterword.outbound.Outbound;
import afterword.page.PageApi;
import afterword.page.PageNumbers;
import afterword.ratelimit.RateLimiter;
import afterword.rules.Reason;
import afterword.rules.Verdict;
import afterword.site.SiteAdmin;
import afterword.site.SiteApi;
import afterword.site.SiteStore;
import afterword.site.Sites;
import afterword.spam.Learner;
import afterword.spam.OutsideOpinions;
import afterword.spam.SpamFilter;
import afterword.thread.FeedApi;
import afterword.thread.FragmentApi;
import afterword.thread.PermalinkApi;
import afterword.thread.PlainPageApi;
import afterword.thread.PublicComments;
import afterword.thread.ReadCache;
import afterword.thread.ThreadApi;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * All rooms of one process, wired once and shared by its event loops: caches, limits and stores are
 * one each.
 */
final class Rooms {
  private static final int POSTS_PER_CONNECTION = 4;
  private static final Duration POSTS_PATIENCE = Duration.ofMillis(500);

  final Config config;
  final SecureRandom random = new SecureRandom();
  final Health health;

  // The rim.
  final Problems problems;
  final ProblemPages problemPages = new ProblemPages();
  final AccessLog accessLog = new AccessLog();
  final RequestMetrics requestMetrics;
  final LoopMetrics loopMetrics;
  final DatabaseGauges gauges;
  final PublicHeaders publicHeaders = new PublicHeaders();
  final AdminHeaders adminHeaders;
  final InFlight inFlight;

  /** Of posts: more at once would ask the database much, and then wait for it all the same. */
  final Line postLine;

  final ClientAddress addresses;
  final ConnectionCounts connectionCounts;
  final StaticFiles widgetFiles = new StaticFiles("web/widget", "/embed/", "public, max-age=300");
  final StaticFiles pageFiles = new StaticFiles("web/page", "/page/", "public, max-age=300");
  final StaticFiles contract = new StaticFiles("web/api", "/api/v1/", "public, max-age=300");
  final StaticFiles adminFiles = new StaticFiles("web/admin", "/admin/", "no-cache");

  // What the features share.
  final Keys keys;
  final SecretFile secretFile;
  final RateLimiter rateLimiter;
  final EventStore events;
  final EventFeed feed;
  final EventNotifier notifier;
  final Optional<Listening> listening;
  final EventRetention retention;
  final CounterFolder counters;
  final Sites sites;
  final SiteAdmin siteAdmin;
  final Outbound outbound;

  // The features.
  final Intake intake;
  final KeyExpiry keyExpiry;
  final Sealer sealer;
  final Learner learner;
  final CommentApi comments;
  final OwnApi ownComments;
  final VoteApi votes;
  final FlagApi flags;
  final RulesApi rules;
  final ReplayApi replay;
  final ThreadApi threads;
  final PlainPageApi plainPages;
  final PermalinkApi permalinks;
  final NoticeApi notices;
  final ReceiptApi receipts;
  final ReasonsApi reasons;
  final AppealApi appeals;
  final NoticeAdminApi noticeAdmin;
  final NoticeExpiry noticeExpiry;
  final FragmentApi fragments;
  final FeedApi feeds;
  final LiveApi live;
  final LiveMetrics liveMetrics;
  final Auth auth;
  final Moderation moderation;
  final CommentExpiry commentExpiry;
  final Notify notify;
  final SiteApi siteApi;
  final PageApi pages;

  Rooms(Vertx vertx, Config config, Database database, Clock clock, Metrics metrics) {
    this.config = config;
    health = new Health(clock);
    problems = new Problems(config.publicBaseUrl());
    adminHeaders = new AdminHeaders(config.publicBaseUrl());
    inFlight = new InFlight(config.inFlightLimit());
    postLine =
        new Line(
            vertx, POSTS_PER_CONNECTION * config.poolSize(), config.poolQueue(), POSTS_PATIENCE);
    requestMetrics = new RequestMetrics(metrics, inFlight);
    loopMetrics = new LoopMetrics(metrics.registry());
    gauges = new DatabaseGauges(vertx, database, metrics.registry(), config.notifyGraceSeconds());
    var desk = new DeskMetrics(metrics.registry(), Moderation.decisionWords());
    addresses = new ClientAddress(config.trustedProxies());
    connectionCounts = new ConnectionCounts(config.connectionsPerAddress());

    keys = new Keys(config.secret());
    secretFile = new SecretFile(vertx, config, keys);
    rateLimiter = new RateLimiter(clock);
    events = new EventStore();
    feed = new EventFeed(vertx, database, events);
    notifier = new EventNotifier(vertx, database);
    feed.onAnnounced(notifier::nudge);
    listening = Listening.of(vertx, config, EventNotifier.CHANNEL, new EventListener(feed));
    retention = new EventRetention(vertx, database, clock);
    counters = new CounterFolder(vertx, database);
    var siteStore = new SiteStore(database);
    sites = new Sites(siteStore, feed, config.publicBaseUrl(), clock);
    outbound = new Outbound(vertx, Names.ofMachine(vertx), config.outboundHosts());
    siteAdmin = new SiteAdmin(database, siteStore, events, clock);

    keyExpiry = new KeyExpiry(vertx, database, clock);
    sealer = new Sealer(vertx, database, clock);
    var filter = new SpamFilter(database, events, feed);
    Scorer scorer = subject -> filter.score(subject).map(Optional::of);
    learner = new Learner(vertx, database, events, feed, clock);
    Advisers advisers = new OutsideOpinions(outbound, clock)::ask;
    var pace = new Pace(database, clock);
    feed.follow(pace);
    var posting =
        new PostComment(
            database,
            keys,
            feed,
            clock,
            scorer,
            advisers,
            pace,
            random,
            verdict -> count(desk, verdict));
    intake = new Intake(sites, posting, rateLimiter, addresses, keys);
    comments = new CommentApi(sites, intake, rateLimiter, addresses);
    var cache = new ReadCache(clock, ReadCache.shareOf(Runtime.getRuntime().maxMemory()));
    CaffeineCacheMetrics.monitor(metrics.registry(), cache.measured(), "threads");
    threads = new ThreadApi(database, sites, feed, keys, cache, clock);
    plainPages = new PlainPageApi(sites, threads, intake, addresses, keys, clock);
    permalinks = new PermalinkApi(database, sites);
    fragments = new FragmentApi(sites, threads, config.publicBaseUrl(), clock);
    feeds = new FeedApi(sites, threads, config.publicBaseUrl(), clock);
    live =
        new LiveApi(
            vertx,
            sites,
            feed,
            new EventHistory(database, events),
            new PageNumbers(database),
            new PublicComments(database),
            addresses,
            random,
            config.liveStreams(),
            config.liveStreamsPerAddress());
    liveMetrics = new LiveMetrics(metrics, live::subscribers, live::dropped);
    var audit = new AuditStore();
    var changing = new ChangeOwn(database, audit, feed, keys, clock, scorer, advisers);
    rules = new RulesApi(sites, database, clock);
    replay = new ReplayApi(vertx, sites, database, keys);
    flags =
        new FlagApi(
            sites,
            new FlagComment(database, audit, feed, keys, clock),
            rateLimiter,
            addresses,
            keys);
    String base = config.publicBaseUrl();
    ownComments = new OwnApi(sites, changing, database, keys, rateLimiter, addresses, base, clock);
    var appealing = new Appeals(database, audit, clock);
    notices = new NoticeApi(database, sites, audit, rateLimiter, addresses, keys, base, clock);
    receipts = new ReceiptApi(database, sites, appealing, rateLimiter, addresses, base, clock);
    reasons = new ReasonsApi(database, sites, appealing, rateLimiter, addresses, keys, clock);
    appeals = new AppealApi(sites, appealing, database, keys, rateLimiter, addresses);
    noticeAdmin = new NoticeAdminApi(sites, database, audit, clock);
    noticeExpiry = new NoticeExpiry(vertx, database, clock);
    votes = new VoteApi(sites, database, keys, rateLimiter, addresses, clock);
    auth = new Auth(vertx, config, database, keys, audit, addresses, outbound, clock, random);
    siteApi =
        new SiteApi(siteStore, siteAdmin, auth.moderators(), audit, feed, config.publicBaseUrl());
    pages = new PageApi(sites, database, audit, events, feed, clock);
    moderation =
        new Moderation(
            vertx, auth.guard(), database, sites, audit, feed, keys, clock, desk::decision);
    commentExpiry = new CommentExpiry(vertx, database, siteStore, audit, feed, clock);
    var delivered =
        new DeliveryMetrics(metrics.registry(), Notify.resultWords(), Notify.mailWords());
    notify =
        new Notify(
            vertx,
            config,
            database,
            sites,
            audit,
            keys,
            outbound,
            clock,
            random,
            delivered::attempted,
            delivered::mailed);
  }

  private static void count(DeskMetrics desk, Verdict verdict) {
    String outcome = verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    desk.verdict(outcome, verdict.reasons().stream().map(Reason::code).toList());
  }

  void open() {
    gauges.start();
    secretFile.start();
    feed.start();
    listening.ifPresent(Listening::start);
    notifier.start();
    retention.start();
    live.start();
    moderation.live().start();
    counters.start();
    keyExpiry.start();
    noticeExpiry.start();
    commentExpiry.start();
    sealer.start();
    learner.start();
    auth.start();
    notify.start();
  }

  /** Readers and moderators who look on come back elsewhere. */
  void closeStreams() {
    live.close();
    moderation.live().close();
  }

  /** Succeeds when nothing is being sent any more. */
  Future<Void> close() {
    gauges.stop();
    secretFile.stop();
    feed.stop();
    listening.ifPresent(Listening::stop);
    notifier.stop();
    retention.stop();
    counters.stop();
    keyExpiry.stop();
    noticeExpiry.stop();
    commentExpiry.stop();
    sealer.stop();
    learner.stop();
    auth.stop();
    return notify.stop();
  }
}
