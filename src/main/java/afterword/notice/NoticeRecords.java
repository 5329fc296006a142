package afterword.notice;

import afterword.db.Database;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Notices, statements and appeals of a site as they go out to its owner, the oldest first. */
final class NoticeRecords {
  /** What is told, with its columns in their order. */
  enum Kind {
    NOTICES(
        List.of(
            "id", "comment", "category", "law", "explanation", "name", "email", "at", "decision"),
        """
        select id, comment_id, category, law, explanation, name, email, created_at, decision_id
        from notice where site_id = $1 and id > $2 order by id limit $3
        """),
    STATEMENTS(
        List.of(
            "id",
            "comments",
            "action",
            "moderator",
            "at",
            "facts",
            "ground",
            "reference",
            "automated",
            "appealUntil",
            "undone"),
        """
        select s.decision_id, array(select i.comment_id from decision_item i
            where i.site_id = s.site_id and i.decision_id = s.decision_id order by i.comment_id),
          d.action, m.name, d.created_at, s.facts, s.ground, s.reference, s.automated, s.appeal_until,
          d.undone_at is not null
        from statement s
        join decision d on d.site_id = s.site_id and d.id = s.decision_id
        left join moderator m on m.id = d.moderator_id
        where s.site_id = $1 and s.decision_id > $2
        order by s.decision_id limit $3
        """),
    APPEALS(
        List.of("id", "comment", "decision", "notice", "by", "text", "at", "answer"),
        """
        select id, comment_id, decision_id, notice_id, case when notice_id is null then 'author' else 'sender' end,
          text, created_at, answer_id
        from appeal where site_id = $1 and id > $2 order by id limit $3
        """);

    final List<String> columns;
    final String sql;

    Kind(List<String> columns, String sql) {
      this.columns = columns;
      this.sql = sql;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String word) {
      for (Kind kind : values()) if (kind.word().equals(word)) return Optional.of(kind);
      return Optional.empty();
    }
  }

  /**
   * Some of them.
   *
   * @param last row number to go on behind; empty at the end
   */
  record Page(List<JsonObject> entries, Optional<Long> last) {}

  private final Database database;

  NoticeRecords(Database database) {
    this.database = database;
  }

  Future<Page> page(int site, Kind kind, long after, int limit) {
    return database
        .readCurrent(client -> client.preparedQuery(kind.sql).execute(Tuple.of(site, after, limit)))
        .map(
            rows -> {
              var entries = new ArrayList<JsonObject>();
              Long last = null;
              for (Row row : rows) {
                last = row.getLong(0);
                entries.add(entry(site, kind, row));
              }
              return new Page(entries, Optional.ofNullable(last));
            });
  }

  private static JsonObject entry(int site, Kind kind, Row row) {
    var entry = new JsonObject();
    for (int i = 0; i < kind.columns.size(); i++) {
      String column = kind.columns.get(i);
      entry.put(column, shown(site, kind, column, row.getValue(i)));
    }
    return entry;
  }

  private static Object shown(int site, Kind kind, String column, Object value) {
    if (value == null) return null;
    if (value instanceof OffsetDateTime time) return time.toInstant().toString();
    return switch (column) {
      case "comments" ->
          new JsonArray(
              Stream.of((Long[]) value).map(id -> new PublicId(site, id).toString()).toList());
      case "comment" -> new PublicId(site, (Long) value).toString();
      case "notice" -> Receipt.number(new PublicId(site, (Long) value));
      case "decision", "answer" -> decision((Long) value);
      case "id" ->
          switch (kind) {
            case NOTICES -> Receipt.number(new PublicId(site, (Long) value));
            case STATEMENTS -> decision((Long) value);
            case APPEALS -> new PublicId(site, (Long) value).toString();
          };
      default -> value;
    };
  }

  /** As decisions are named everywhere. */
  private static String decision(long number) {
    return "d" + Long.toString(number, 36);
  }
}
