package afterword.moderation;

import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.comment.StatusChange;
import afterword.comment.StatusChange.Changed;
import afterword.comment.StatusChange.Result;
import afterword.comment.StatusChange.Wanted;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Problem;
import afterword.model.PublicId;
import afterword.model.Status;
import afterword.moderation.DecisionStore.TakeBack;
import afterword.notice.Named;
import afterword.notice.Settlement;
import afterword.notice.Statement;
import afterword.notice.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What decisions owe to legal notices and appeals: a statement of reasons, and somebody else to
 * answer an appeal. A decision that leaves the comment as it is counts too.
 */
final class Heeding {
  private static final String STATEMENT_REQUIRED = Problem.STATEMENT_REQUIRED.slug();
  private static final String ANOTHER_MODERATOR = Problem.ANOTHER_MODERATOR.slug();

  /** Of what waits, as many are named; more say nothing new. */
  private static final int NAMED = 10;

  private final Settlement settlement = new Settlement();
  private final Statements statements = new Statements();

  /**
   * A request without what it may not be about.
   *
   * @param noticed comments that a notice or an appeal waits for
   * @param refused comments that were left out, each with the word for why
   */
  record Heeded(Decide.Request request, Set<PublicId> noticed, Map<PublicId, String> refused) {
    /**
     * What stays as it is has been decided on, where it is the version that was seen; no reasons
     * are lost unsaid.
     */
    Changed standing(Changed comment) {
      if (comment.result() != Result.UNCHANGED) return comment;
      boolean seen = comment.version() == request.idToVersion().get(comment.id());
      if (!noticed.contains(comment.id()) && (seen || request.statement().isEmpty()))
        return comment;
      return with(comment, comment.version(), seen ? Result.CHANGED : Result.CONFLICT);
    }
  }

  /** Says nothing of what waits on sites where the moderator may not decide. */
  Future<Heeded> of(SqlClient tx, Moderator moderator, Decide.Request request) {
    if (request.action().status() == Status.PENDING)
      return Future.succeededFuture(new Heeded(request, Set.of(), Map.of()));
    Set<Integer> sites = moderator.sites(Role.MODERATOR);
    List<PublicId> own =
        request.idToVersion().keySet().stream().filter(id -> sites.contains(id.site())).toList();
    return settlement
        .waiting(tx, own, moderator.id(), moderator.sites(Role.OWNER))
        .map(waiting -> heeded(request, waiting));
  }

  private static Heeded heeded(Decide.Request request, Settlement.Waiting waiting) {
    var refused = new HashMap<PublicId, String>();
    for (PublicId id : waiting.noticed().keySet()) {
      if (waiting.others().contains(id)) refused.put(id, ANOTHER_MODERATOR);
      else if (request.statement().isEmpty()) refused.put(id, STATEMENT_REQUIRED);
    }
    requireTruth(request, waiting, refused.keySet());
    Set<PublicId> noticed = waiting.noticed().keySet();
    if (refused.isEmpty()) return new Heeded(request, noticed, refused);
    var left = new LinkedHashMap<>(request.idToVersion());
    left.keySet().removeAll(refused.keySet());
    var rest =
        new Decide.Request(
            request.action(),
            left,
            request.reason(),
            request.note(),
            request.statement(),
            request.settles());
    return new Heeded(rest, noticed, refused);
  }

  /** Nothing is settled that nobody has named, and nothing is called gone that was taken down. */
  private static void requireTruth(
      Decide.Request request, Settlement.Waiting waiting, Set<PublicId> refused) {
    if (request.statement().isEmpty()) return;
    List<String> unnamed =
        waiting.noticed().entrySet().stream()
            .filter(entry -> !refused.contains(entry.getKey()))
            .flatMap(entry -> entry.getValue().stream())
            .limit(NAMED)
            .toList();
    if (request.settles().isEmpty() && !unnamed.isEmpty())
      throw wrong(
          "/settles",
          "required",
          "Name the notices and appeals that the statement answers. These wait: "
              + String.join(", ", unnamed)
              + ".");
    if (request.statement().get().ground() != Statement.Ground.GONE) return;
    if (!waiting.gone().containsAll(request.idToVersion().keySet()))
      throw wrong(
          "/statement/ground",
          "contradicts",
          "Only what a notice or an appeal waits for, and its author has withdrawn or somebody has"
              + " erased, is gone.");
  }

  private static FailureException wrong(String pointer, String code, String detail) {
    return FailureException.invalid(List.of(new FieldError(pointer, code, detail)));
  }

  /** Of one comment, or of many that are all left out for one reason, it is said as a problem. */
  static <T> T somethingLeft(Map<PublicId, String> refused, int asked, T told) {
    if (refused.size() < asked) return told;
    if (refused.containsValue(ANOTHER_MODERATOR)) throw anotherModerator();
    throw new FailureException(
        new Failure.Required(
            Problem.STATEMENT_REQUIRED,
            "A legal notice or an appeal waits here. Send a statement of reasons with the decision.",
            Map.of()));
  }

  /** Who was appealed against does not take the answer back. */
  Future<Void> mayUndo(SqlClient tx, Moderator moderator, long decision) {
    return settlement
        .answersAgainst(tx, moderator.sites(Role.MODERATOR), decision, moderator.id())
        .map(
            against -> {
              if (against) throw anotherModerator();
              return null;
            });
  }

  private static FailureException anotherModerator() {
    return FailureException.refused(
        Problem.ANOTHER_MODERATOR,
        "The appeal is against your own decision. Another moderator has to answer it.");
  }

  /** Of comments of one site. */
  Future<Void> settle(
      SqlClient tx,
      int site,
      long decision,
      Decide.Request request,
      List<Changed> changed,
      Instant now) {
    if (request.statement().isEmpty()) return Future.succeededFuture();
    return statements
        .add(tx, site, decision, request.statement().get(), now)
        .compose(
            added ->
                settlement.settle(
                    tx, site, decision, rows(changed), request.settles().orElse(Named.NONE)));
  }

  Future<Void> reopen(SqlClient tx, int site, long decision, List<Changed> changed) {
    return settlement.reopen(tx, site, decision, rows(changed));
  }

  /** Taking back what left a comment as it was leaves it so again, where it was decided last. */
  static Changed stoodBefore(Map<Integer, List<TakeBack>> siteToItems, Changed comment) {
    if (comment.result() != Result.UNCHANGED) return comment;
    boolean stood =
        siteToItems.get(comment.id().site()).stream()
            .map(TakeBack::wanted)
            .anyMatch(
                wanted ->
                    wanted.id().equals(comment.id()) && wanted.version() == comment.version());
    return stood ? with(comment, comment.version(), Result.CHANGED) : comment;
  }

  /** What was decided to stay is another version too: nobody decides on it unseen. */
  Future<List<Changed>> raised(
      SqlConnection tx,
      StatusChange statuses,
      int site,
      List<Wanted> wanted,
      List<Changed> comments,
      Instant now) {
    Set<PublicId> ids =
        comments.stream().filter(Heeding::isKept).map(Changed::id).collect(Collectors.toSet());
    if (ids.isEmpty()) return Future.succeededFuture(comments);
    List<Wanted> kept = wanted.stream().filter(item -> ids.contains(item.id())).toList();
    return statuses
        .raise(tx, site, kept, now)
        .map(
            raised ->
                comments.stream()
                    .map(c -> isKept(c) ? with(c, c.version() + 1, Result.CHANGED) : c)
                    .toList());
  }

  private static boolean isKept(Changed comment) {
    return comment.changed() && comment.before() == comment.status();
  }

  private static List<Long> rows(List<Changed> changed) {
    return changed.stream().map(comment -> comment.id().row()).toList();
  }

  private static Changed with(Changed c, int version, Result result) {
    return new Changed(
        c.id(),
        c.threadId(),
        c.rootId(),
        result,
        c.before(),
        c.versionBefore(),
        c.decidedAtBefore(),
        c.status(),
        version,
        c.textHash());
  }
}
