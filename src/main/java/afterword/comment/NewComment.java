package afterword.comment;

import afterword.markup.Rendered;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.model.Submission;
import afterword.rules.Reason;
import afterword.rules.Urgency;
import afterword.rules.Verdict;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** A judged submission, ready to be stored. */
record NewComment(
    Site site,
    Submission submission,
    Rendered body,
    KnownFacts known,
    Judged judged,
    Optional<byte[]> spentProof,
    Prints prints,
    byte[] ownerTokenHash,
    short addressKey,
    Instant now) {

  private Instant dueAt() {
    return Urgency.dueAt(now, judged.verdict().reasons(), judged.score(), 1);
  }

  PublicId id() {
    return new PublicId(site.id(), known.commentId());
  }

  Status status() {
    Verdict verdict = judged.verdict();
    if (verdict instanceof Verdict.Publish) return Status.PUBLISHED;
    return verdict instanceof Verdict.Swallow swallow ? swallow.status() : Status.PENDING;
  }

  /** 201 or 202; what is swallowed looks like what is held. */
  int answer() {
    return status() == Status.PUBLISHED ? 201 : 202;
  }

  long rootId() {
    return known.parent().map(KnownFacts.Parent::rootId).orElse(known.commentId());
  }

  int depth() {
    return known
        .parent()
        .map(parent -> Math.min(parent.depth() + 1, site.settings().maxDepth()))
        .orElse(0);
  }

  CommentRow stored(Long commenterId) {
    Submission s = submission;
    return new CommentRow(
        id(),
        s.parent(),
        new PublicId(site.id(), rootId()),
        depth(),
        false,
        Optional.ofNullable(commenterId).map(row -> new PublicId(site.id(), row)),
        s.name(),
        s.url(),
        Optional.empty(),
        s.body(),
        body.html(),
        status(),
        now,
        Optional.empty(),
        1,
        ownerTokenHash,
        false,
        0);
  }

  /** For {@link CommentStore#INSERT}, in the order of its numbers. */
  Tuple parameters() {
    ByteBuffer lock = ByteBuffer.wrap(prints.idempotencyKey());
    String[] reasons = judged.verdict().reasons().stream().map(Reason::code).toArray(String[]::new);
    boolean knownOrNobody = known.commenterKnown() || prints.commenter().isEmpty();
    Submission.PageReference page = submission.page();
    Tuple parameters = parameters(lock, reasons, knownOrNobody, page);
    Traits.of(site.id(), body).addTo(parameters);
    return parameters
        .addOffsetDateTime(utc(dueAt()))
        .addValue(judged.notes())
        .addArrayOfString(judged.shadowCodes())
        .addArrayOfLong(prints.text().kept())
        .addInteger(site.settings().checks().perDay())
        .addBuffer(Buffer.buffer(prints.sender()))
        .addBuffer(spentProof.map(Buffer::buffer).orElse(null));
  }

  private Tuple parameters(
      ByteBuffer lock, String[] reasons, boolean knownOrNobody, Submission.PageReference page) {
    return Tuple.tuple()
        .addLong(lock.getLong())
        .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
        .addInteger(site.id())
        .addLong(known.parent().map(KnownFacts.Parent::id).orElse(null))
        .addLong(known.pageId())
        .addString(page.key())
        .addString(page.url().orElse(null))
        .addString(page.title().orElse(null))
        .addOffsetDateTime(page.publishedAt().map(NewComment::utc).orElse(null))
        .addBoolean(known.pageKnown())
        .addLong(known.commenterId())
        .addBuffer(prints.commenter().map(Buffer::buffer).orElse(null))
        .addBoolean(knownOrNobody)
        .addLong(known.commentId())
        .addLong(rootId())
        .addShort((short) depth())
        .addString(submission.name())
        .addString(submission.email().orElse(null))
        .addString(submission.url().orElse(null))
        .addString(submission.body())
        .addString(body.html())
        .addString(body.text())
        .addString(status().word())
        .addArrayOfString(reasons)
        .addLong(site.version())
        .addBuffer(Buffer.buffer(prints.fingerprint()))
        .addBuffer(Buffer.buffer(ownerTokenHash))
        .addBuffer(Buffer.buffer(prints.address()))
        .addBuffer(Buffer.buffer(prints.range()))
        .addShort(addressKey)
        .addString(String.join(" ", reasons))
        .addBuffer(Buffer.buffer(prints.idempotencyKey()))
        .addBuffer(Buffer.buffer(prints.request()))
        .addShort((short) answer());
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
