package afterword.comment;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.comment.EditStore.Edit;
import afterword.comment.StatusChange.Wanted;
import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.keys.Keys;
import afterword.markup.Markup;
import afterword.markup.Rendered;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.model.Submission;
import afterword.model.Submission.PageReference;
import afterword.rules.Verdict;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What authors do with their own comments: edit within the window, under the rules again; withdraw.
 */
public final class ChangeOwn {
  private final Database database;
  private final CommentStore comments;
  private final EditStore edits = new EditStore();
  private final StatusChange statuses = new StatusChange();
  private final Judgement judgement;
  private final AuditStore audit;
  private final EventFeed feed;
  private final Acquaintance acquaintance;
  private final Keys keys;
  private final Clock clock;

  public ChangeOwn(
      Database database,
      AuditStore audit,
      EventFeed feed,
      Keys keys,
      Clock clock,
      Scorer scorer,
      Advisers advisers) {
    this.judgement = new Judgement(scorer, advisers);
    this.database = database;
    this.comments = new CommentStore(database);
    this.audit = audit;
    this.feed = feed;
    this.acquaintance = new Acquaintance(database, keys);
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Fails where the window is closed, the rules refuse the text, or the comment has changed
   * meanwhile.
   */
  Future<CommentRow> edit(Site site, CommentRow comment, String source, Client client) {
    Instant now = now();
    requireWindow(site, comment, now);
    var prints =
        new EditStore.EditPrints(
            Prints.range(keys, site, client),
            Prints.fingerprint(keys, site, source),
            Prints.telling(source),
            TextPrints.of(keys, site, source));
    return acquaintance
        .renew(site, Optional.empty(), client)
        .compose(
            renewed ->
                database.readCurrent(
                    reads -> edits.known(reads, site, comment.id(), client, prints, now)))
        .compose(known -> Languages.ready().map(known))
        .compose(known -> judged(site, comment, source, known, client, prints, now))
        .compose(this::store)
        .compose(stored -> again(comment.id()));
  }

  private static void requireWindow(Site site, CommentRow comment, Instant now) {
    Status status = comment.statusForAuthor();
    boolean open =
        comment.createdAt().plusSeconds(site.settings().editWindowSeconds()).isAfter(now);
    if (open && (status == Status.PUBLISHED || status == Status.PENDING)) return;
    throw FailureException.refused(
        Problem.EDIT_WINDOW_CLOSED, "This comment can no longer be changed.");
  }

  private Future<Edit> judged(
      Site site,
      CommentRow comment,
      String source,
      EditStore.Known known,
      Client client,
      EditStore.EditPrints prints,
      Instant now) {
    Submission submission = submission(comment, source, known);
    Rendered body = Markup.render(source);
    var address = Optional.of(client.address());
    return judgement
        .judge(new Judgement.Case(site, submission, known.facts(), body, address, now))
        .map(
            judged -> {
              if (judged.verdict() instanceof Verdict.Refuse refuse)
                throw Judgement.refusal(refuse.reason());
              return new Edit(
                  site,
                  comment.id(),
                  comment.version(),
                  source,
                  body,
                  status(comment, judged.verdict()),
                  judged,
                  prints,
                  now);
            });
  }

  private static Submission submission(CommentRow comment, String source, EditStore.Known known) {
    var none = Optional.<String>empty();
    var page = new PageReference(known.pageKey(), none, none, Optional.empty());
    return new Submission(
        page,
        comment.parentId(),
        comment.name(),
        known.email(),
        comment.url(),
        source,
        none,
        "",
        0,
        Optional.empty());
  }

  /** Rules take a comment back and let go of what they held, but do not overrule a moderator. */
  private static Status status(CommentRow comment, Verdict verdict) {
    if (verdict instanceof Verdict.Swallow swallow) return swallow.status();
    boolean publishes = verdict instanceof Verdict.Publish;
    return switch (comment.status()) {
      case PUBLISHED -> publishes ? Status.PUBLISHED : Status.PENDING;
      case PENDING -> publishes && !comment.decided() ? Status.PUBLISHED : Status.PENDING;
      default -> comment.status();
    };
  }

  private Future<Void> store(Edit edit) {
    return database
        .write(tx -> edits.edit(tx, edit))
        .compose(
            edited -> {
              if (edited.isEmpty()) return stale(edit.id());
              EditStore.Edited at = edited.get();
              tell(edit.id(), at.threadId(), at.rootId());
              return Future.succeededFuture();
            });
  }

  /** What is withdrawn already stays so. */
  Future<Void> withdraw(CommentRow comment) {
    if (comment.status() == Status.DELETED) return Future.succeededFuture();
    Instant now = now();
    PublicId id = comment.id();
    var wanted = List.of(new Wanted(id, comment.version(), Status.DELETED, now));
    return database
        .write(
            tx ->
                statuses
                    .apply(tx, id.site(), wanted, now)
                    .compose(
                        results -> {
                          if (results.isEmpty() || !results.get(0).changed()) {
                            return Future.succeededFuture(results);
                          }
                          return audit.append(tx, withdrawn(results.get(0), now)).map(results);
                        }))
        .compose(
            results -> {
              if (results.isEmpty() || !results.get(0).changed()) return stale(id);
              feed.announce(results.get(0).event());
              return Future.succeededFuture();
            });
  }

  private static AuditEntry withdrawn(StatusChange.Changed c, Instant now) {
    return new AuditEntry(
        c.id().site(),
        now,
        "author",
        "withdraw",
        "comment:" + c.id().row(),
        c.version(),
        c.before(),
        c.status(),
        null,
        c.textHash());
  }

  private void tell(PublicId id, long threadId, long rootId) {
    feed.announce(new Event(id.site(), Event.Kind.COMMENT_CHANGED, threadId, id.row(), rootId, 0));
  }

  private Future<CommentRow> again(PublicId id) {
    return comments
        .find(id)
        .map(
            found ->
                found.orElseThrow(() -> FailureException.notFound("There is no such comment.")));
  }

  private Future<Void> stale(PublicId id) {
    return again(id).compose(comment -> Future.failedFuture(stale(comment)));
  }

  static FailureException stale(CommentRow comment) {
    return new FailureException(
        new Failure.Stale(
            "The comment has changed since. Look at it and try again.",
            Map.of("comment", CommentJson.forAuthor(comment))));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
