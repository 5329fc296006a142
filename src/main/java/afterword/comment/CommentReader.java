package afterword.comment;

import afterword.db.Database;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** One comment with its page, for who tells others of it. */
public final class CommentReader {
  private final Database database;

  public CommentReader(Database database) {
    this.database = database;
  }

  /**
   * A comment as it is now.
   *
   * @param json as {@code GET …/comments/{id}} shows it
   * @param pageUrl null where the page is known by its key alone
   * @param pageTitle null where nobody has named it
   */
  public record Seen(
      Status status, JsonObject json, String pageKey, String pageUrl, String pageTitle) {}

  public Future<Optional<Seen>> find(PublicId id) {
    return database.readCurrent(
        reads ->
            CommentStore.find(reads, id)
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(Optional.empty())
                            : page(reads, found.get()).map(Optional::of)));
  }

  private static final String PAGE =
      """
      select p.key, p.url, p.title
      from comment c join page p on p.site_id = c.site_id and p.id = c.thread_id
      where c.site_id = $1 and c.id = $2
      """;

  private static Future<Seen> page(SqlClient client, CommentRow comment) {
    return client
        .preparedQuery(PAGE)
        .execute(Tuple.of(comment.id().site(), comment.id().row()))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Seen(
                  comment.status(),
                  CommentJson.of(comment, comment.status()),
                  row.getString(0),
                  row.getString(1),
                  row.getString(2));
            });
  }
}
