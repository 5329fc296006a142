package afterword.moderation;

import afterword.http.Query;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which comments a moderator wants to see; the query of the address, so that it can be shared.
 *
 * @param site its key; empty for all of the moderator's own
 * @param status empty for what has a notice that waits, whatever its status
 * @param page its key
 * @param author a commenter's id
 * @param conditions all the others
 * @param since where the search was narrowed to what is not older, because all would take long
 */
record Filter(
    Optional<String> site,
    Optional<Status> status,
    Optional<String> page,
    Optional<PublicId> author,
    List<Condition> conditions,
    Optional<Instant> since,
    Order order) {
  static final Set<String> NAMES =
      Set.of("site", "status", "reason", "page", "author", "language", "link", "q", "order");

  /** In the place of a status: what has a legal notice or an appeal that waits. */
  static final String ANY_NOTICED = "noticed";

  static final String APPEALED =
      "exists (select from appeal a"
          + " where a.site_id = c.site_id and a.comment_id = c.id and a.answer_id is null)";

  static final String NOTICED =
      "(exists (select from notice n"
          + " where n.site_id = c.site_id and n.comment_id = c.id and n.decision_id is null) or "
          + APPEALED
          + ")";

  /**
   * What a comment must be like.
   *
   * @param sql about the comment, with one "%s" for the parameter's number; none without a value
   * @param textual whether the index over texts can help
   */
  record Condition(String sql, Object value, boolean textual) {
    Condition negated() {
      return new Condition("not coalesce((" + sql + "), false)", value, false);
    }
  }

  Filter {
    conditions = List.copyOf(conditions);
  }

  boolean searchesText() {
    return conditions.stream().anyMatch(Condition::textual);
  }

  Filter and(Condition more) {
    var all = new ArrayList<>(conditions);
    all.add(more);
    return new Filter(site, status, page, author, all, since, order);
  }

  static Filter of(RoutingContext ctx, Instant now) {
    var given = new LinkedHashMap<String, String>();
    for (String name : NAMES) Query.one(ctx, name).ifPresent(value -> given.put(name, value));
    return of(given, now);
  }

  /** The same names and values as in the address; an empty one is one that was not filled in. */
  static Filter of(Map<String, String> given, Instant now) {
    return new FilterReader(given, now).read();
  }
}
