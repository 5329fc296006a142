package afterword.moderation;

import afterword.audit.AuditStore;
import afterword.auth.Guard;
import afterword.comment.ModeratorChange;
import afterword.db.Database;
import afterword.events.EventFeed;
import afterword.keys.Keys;
import afterword.site.Sites;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** The room put together: one per process. */
public final class Moderation {
  private final QueueApi queue;
  private final DecisionApi decisions;
  private final LeaseApi leases;
  private final AdminCommentApi comments;
  private final BanApi bans;
  private final AuditApi audit;
  private final StatsApi stats;
  private final FilterApi filters;
  private final DeskLiveApi live;
  private final SecondLookApi secondLooks;
  private final RetentionApi retention;

  /**
   * @param decided is told a decision's word and how many comments it changed
   */
  public Moderation(
      Vertx vertx,
      Guard guard,
      Database database,
      Sites sites,
      AuditStore audit,
      EventFeed feed,
      Keys keys,
      Clock clock,
      ObjIntConsumer<String> decided) {
    var decide = new Decide(database, audit, feed, clock, decided);
    var changes = new ModeratorChange(keys);
    queue = new QueueApi(sites, database, keys, clock);
    decisions = new DecisionApi(decide);
    leases = new LeaseApi(sites, database, clock);
    comments =
        new AdminCommentApi(
            sites,
            database,
            new CommentAdmin(database, changes, decide, audit, feed, clock),
            decide,
            clock);
    this.audit = new AuditApi(sites, database);
    stats = new StatsApi(sites, database, clock);
    filters = new FilterApi(sites, database, clock);
    secondLooks = new SecondLookApi(sites, database, clock);
    retention = new RetentionApi(sites, database, clock);
    live = new DeskLiveApi(vertx, guard, sites, database, feed);
    bans = new BanApi(sites, new Bans(database, decide, audit, clock), clock);
  }

  /** The words that {@code decided} is told. */
  public static List<String> decisionWords() {
    return Decide.words();
  }

  public QueueApi queue() {
    return queue;
  }

  public DecisionApi decisions() {
    return decisions;
  }

  public LeaseApi leases() {
    return leases;
  }

  public AdminCommentApi comments() {
    return comments;
  }

  public BanApi bans() {
    return bans;
  }

  public AuditApi audit() {
    return audit;
  }

  public StatsApi stats() {
    return stats;
  }

  public FilterApi filters() {
    return filters;
  }

  public SecondLookApi secondLooks() {
    return secondLooks;
  }

  public RetentionApi retention() {
    return retention;
  }

  public DeskLiveApi live() {
    return live;
  }
}
