package afterword.moderation;

import afterword.db.Database;
import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What moderators see of one comment or one author besides the card. */
final class AdminCommentStore {
  private final Database database;

  AdminCommentStore(Database database) {
    this.database = database;
  }

  /** Where a comment stands. */
  record Standing(int version, Status status, boolean root) {}

  private static final String STANDING =
      "select version, status, parent_id is null from comment where site_id = $1 and id = $2";

  Future<Optional<Standing>> standing(PublicId id) {
    return database
        .readCurrent(
            client -> client.preparedQuery(STANDING).execute(Tuple.of(id.site(), id.row())))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              Row row = rows.iterator().next();
              return Optional.of(
                  new Standing(row.getInteger(0), Status.of(row.getString(1)), row.getBoolean(2)));
            });
  }

  private static final String REVISIONS =
      """
      select version, text, source, written_at, replaced_at from comment_revision
      where site_id = $1 and comment_id = $2
      order by version desc
      limit 50
      """;

  Future<JsonArray> revisions(PublicId id) {
    return database
        .readCurrent(
            client -> client.preparedQuery(REVISIONS).execute(Tuple.of(id.site(), id.row())))
        .map(
            rows -> {
              var list = new JsonArray();
              for (Row row : rows) {
                list.add(
                    new JsonObject()
                        .put("version", row.getInteger(0))
                        .put("text", row.getString(1))
                        .put("source", row.getString(2))
                        .put("writtenAt", CardStore.utc(row.getOffsetDateTime(3)))
                        .put("replacedAt", CardStore.utc(row.getOffsetDateTime(4))));
              }
              return list;
            });
  }

  private static final String DECISIONS =
      """
      select d.action, d.reason, d.note, d.created_at, m.name, d.undone_at is not null
      from decision_item i
      join decision d on d.site_id = i.site_id and d.id = i.decision_id
      left join moderator m on m.id = d.moderator_id
      where i.site_id = $1 and i.comment_id = $2
      order by d.id desc
      limit 50
      """;

  Future<JsonArray> decisions(PublicId id) {
    return database
        .readCurrent(
            client -> client.preparedQuery(DECISIONS).execute(Tuple.of(id.site(), id.row())))
        .map(
            rows -> {
              var list = new JsonArray();
              for (Row row : rows) {
                list.add(
                    new JsonObject()
                        .put("action", row.getString(0))
                        .put("reason", row.getString(1))
                        .put("note", row.getString(2))
                        .put("at", CardStore.utc(row.getOffsetDateTime(3)))
                        .put("by", row.getString(4))
                        .put("undone", row.getBoolean(5)));
              }
              return list;
            });
  }

  private static final String AUTHOR =
      """
      select k.first_seen_at, array(
          select author_name from comment
          where site_id = k.site_id and commenter_id = k.id and author_name is not null
          group by author_name order by max(created_at) desc limit 10),
        array(
          select author_email from comment
          where site_id = k.site_id and commenter_id = k.id and author_email is not null
          group by author_email order by max(created_at) desc limit 10)
      from commenter k
      where k.site_id = $1 and k.id = $2
      """;

  Future<Optional<JsonObject>> author(PublicId id) {
    return database
        .readCurrent(client -> client.preparedQuery(AUTHOR).execute(Tuple.of(id.site(), id.row())))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              Row row = rows.iterator().next();
              return Optional.of(
                  new JsonObject()
                      .put("id", id.toString())
                      .put("names", list(row.getArrayOfStrings(1)))
                      .put("emails", list(row.getArrayOfStrings(2))));
            });
  }

  private static final String BY_AUTHOR =
      """
      select id from comment where site_id = $1 and commenter_id = $2
      order by created_at desc, id desc
      limit 20
      """;

  /** The newest comments of an author, whatever became of them. */
  Future<List<PublicId>> byAuthor(PublicId author) {
    return database
        .readCurrent(
            client ->
                client.preparedQuery(BY_AUTHOR).execute(Tuple.of(author.site(), author.row())))
        .map(
            rows -> {
              var ids = new ArrayList<PublicId>();
              for (Row row : rows) ids.add(new PublicId(author.site(), row.getLong(0)));
              return ids;
            });
  }

  private static JsonArray list(String[] texts) {
    return new JsonArray(List.of(texts));
  }
}
