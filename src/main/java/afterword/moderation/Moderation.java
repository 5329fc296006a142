package afterword.moderation;

import afterword.audit.AuditStore;
import afterword.comment.ModeratorChange;
import afterword.db.Database;
import afterword.events.EventFeed;
import afterword.keys.Keys;
import afterword.site.Sites;
import java.time.Clock;

/** The room put together: one per process. */
public final class Moderation {
  private final QueueApi queue;
  private final DecisionApi decisions;
  private final LeaseApi leases;
  private final AdminCommentApi comments;
  private final BanApi bans;

  public Moderation(
      Database database, Sites sites, AuditStore audit, EventFeed feed, Keys keys, Clock clock) {
    var decide = new Decide(database, audit, feed, clock);
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
    bans = new BanApi(sites, new Bans(database, decide, audit, clock), clock);
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
}
