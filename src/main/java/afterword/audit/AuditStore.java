package afterword.audit;

import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * Appends to the audit log. There is no other statement: the serving role may only insert and
 * select.
 */
public final class AuditStore {
  private static final String APPEND =
      """
      insert into audit
        (site_id, at, actor, action, object, version, status_before, status_after, reason, text_hash)
      select * from unnest(
        $1::integer[], $2::timestamptz[], $3::text[], $4::text[], $5::text[],
        $6::integer[], $7::text[], $8::text[], $9::text[], $10::bytea[])
      """;

  /** In the transaction of the change itself, so that neither is without the other. */
  public Future<Void> append(SqlClient tx, AuditEntry entry) {
    return append(tx, List.of(entry));
  }

  public Future<Void> append(SqlClient tx, List<AuditEntry> entries) {
    if (entries.isEmpty()) return Future.succeededFuture();
    return tx.preparedQuery(APPEND)
        .execute(
            Tuple.tuple()
                .addArrayOfInteger(column(entries, AuditEntry::siteId).toArray(Integer[]::new))
                .addArrayOfOffsetDateTime(
                    column(entries, e -> e.at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfString(column(entries, AuditEntry::actor).toArray(String[]::new))
                .addArrayOfString(column(entries, AuditEntry::action).toArray(String[]::new))
                .addArrayOfString(column(entries, AuditEntry::object).toArray(String[]::new))
                .addArrayOfInteger(column(entries, AuditEntry::version).toArray(Integer[]::new))
                .addArrayOfString(column(entries, e -> word(e.before())).toArray(String[]::new))
                .addArrayOfString(column(entries, e -> word(e.after())).toArray(String[]::new))
                .addArrayOfString(column(entries, AuditEntry::reason).toArray(String[]::new))
                .addArrayOfBuffer(
                    column(entries, e -> buffer(e.textHash())).toArray(Buffer[]::new)))
        .mapEmpty();
  }

  private static <T> List<T> column(List<AuditEntry> entries, Function<AuditEntry, T> value) {
    return entries.stream().map(value).toList();
  }

  private static String word(Status status) {
    return status == null ? null : status.word();
  }

  private static Buffer buffer(byte[] bytes) {
    return bytes == null ? null : Buffer.buffer(bytes);
  }
}
