package afterword.notice;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.notice.NoticeStore.Noticed;
import afterword.rules.Reason;
import afterword.rules.Urgency;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Stores a notice once, and says so in the audit log. The comment stays as it is: what one person
 * says must not silence another before somebody has looked.
 */
final class FileNotice {
  private final Database database;
  private final NoticeStore notices = new NoticeStore();
  private final AuditStore audit;
  private final Keys keys;
  private final Clock clock;

  FileNotice(Database database, AuditStore audit, Keys keys, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.keys = keys;
    this.clock = clock;
  }

  /** The same key gives the same receipt, whatever became of the comment since. */
  Future<Receipt> file(PublicId comment, Notice notice, String idempotencyKey) {
    int site = comment.site();
    byte[] keyHash = keys.hash(Purpose.IDEMPOTENCY, Integer.toString(site), idempotencyKey);
    return database
        .write(
            tx ->
                notices
                    .byKey(tx, site, keyHash)
                    .compose(
                        known ->
                            known.isPresent()
                                ? Future.succeededFuture(known)
                                : add(tx, comment, notice, keyHash, idempotencyKey)))
        .map(
            stored ->
                Receipt.of(
                    stored.orElseThrow().id(), keys, idempotencyKey, stored.get().tokenHash()));
  }

  private Future<Optional<NoticeStore.Stored>> add(
      SqlConnection tx, PublicId comment, Notice notice, byte[] keyHash, String idempotencyKey) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    byte[] tokenHash = Receipt.tokenHash(keys, comment.site(), idempotencyKey);
    return NoticeStore.lock(tx, comment)
        .compose(locked -> notices.noticed(tx, comment))
        .map(found -> found.orElseThrow(FileNotice::noComment))
        .compose(
            noticed ->
                notices
                    .add(tx, comment, notice, keyHash, tokenHash, now)
                    .compose(
                        added ->
                            added.isEmpty()
                                ? notices.byKey(tx, comment.site(), keyHash)
                                : notices
                                    .hurry(tx, comment, dueAt(noticed))
                                    .compose(hurried -> audit.append(tx, entry(comment, now)))
                                    .map(added)));
  }

  private static Instant dueAt(Noticed noticed) {
    return Urgency.dueAt(noticed.createdAt(), List.of(Reason.NOTICE), noticed.score(), 1);
  }

  private static AuditEntry entry(PublicId comment, Instant now) {
    return new AuditEntry(comment.site(), now, "readers", "notice", "comment:" + comment.row());
  }

  static FailureException noComment() {
    return FailureException.notFound("There is no such comment.");
  }
}
