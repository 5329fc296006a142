package afterword.thread;

import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.SiteSettings;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Public answers of the read side as JSON bytes. Their shape is described in openapi.yaml. */
final class ThreadJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * Gives the cursor that goes on after the last root of a page, and after the last reply of a
   * root.
   */
  record Links(Function<ThreadPage, String> next, Function<ThreadPage.Root, String> nextReplies) {}

  private ThreadJson() {}

  static Buffer page(Site site, ThreadPage page, Links links) {
    return json(
        out -> {
          out.writeStartObject();
          out.writeObjectFieldStart("thread");
          head(out, page.head());
          out.writeEndObject();
          out.writeObjectFieldStart("policy");
          policy(out, site.settings(), page.head());
          out.writeEndObject();
          out.writeArrayFieldStart("comments");
          for (ThreadPage.Root root : page.roots()) root(out, site, root, links);
          out.writeEndArray();
          out.writeStringField("next", links.next().apply(page));
          out.writeEndObject();
        });
  }

  /** In the form of {@code GET …/comments/{id}}, which has no replies in it. */
  static Buffer one(Site site, ShownComment comment) {
    return json(
        out -> {
          out.writeStartObject();
          out.writeObjectFieldStart("comment");
          members(out, site, comment);
          out.writeNumberField("replyCount", 0);
          out.writeArrayFieldStart("replies");
          out.writeEndArray();
          out.writeNullField("nextReplies");
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  static Buffer replies(Site site, List<ShownComment> replies, String next) {
    return json(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("replies");
          for (ShownComment reply : replies) comment(out, site, reply);
          out.writeEndArray();
          out.writeStringField("nextReplies", next);
          out.writeEndObject();
        });
  }

  /** In the order asked. */
  static Buffer counts(Map<String, Long> askedToCount) {
    return json(
        out -> {
          out.writeStartObject();
          out.writeObjectFieldStart("counts");
          for (var count : askedToCount.entrySet())
            out.writeNumberField(count.getKey(), count.getValue());
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  static Buffer latest(Site site, List<LatestStore.Latest> latest) {
    return json(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("comments");
          for (LatestStore.Latest one : latest) {
            out.writeStartObject();
            members(out, site, one.comment());
            out.writeObjectFieldStart("page");
            out.writeStringField("key", one.pageKey());
            out.writeStringField("url", one.pageUrl());
            out.writeStringField("title", one.pageTitle());
            out.writeEndObject();
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void head(JsonGenerator out, ThreadPage.Head head) throws IOException {
    out.writeStringField("page", head.key());
    out.writeStringField("url", head.url());
    out.writeStringField("title", head.title());
    out.writeNumberField("count", head.count());
    out.writeBooleanField("open", head.open());
    out.writeStringField("version", head.version());
  }

  private static void policy(JsonGenerator out, SiteSettings settings, ThreadPage.Head head)
      throws IOException {
    out.writeNumberField("maxDepth", settings.maxDepth());
    out.writeNumberField("editWindowSeconds", settings.editWindowSeconds());
    out.writeNumberField("maxLength", settings.maxLength());
    out.writeBooleanField("requireName", settings.requireName());
    out.writeStringField("mode", head.mode().orElse(settings.mode()).word());
  }

  private static void root(JsonGenerator out, Site site, ThreadPage.Root root, Links links)
      throws IOException {
    out.writeStartObject();
    members(out, site, root.comment());
    out.writeNumberField("replyCount", root.replyCount());
    out.writeArrayFieldStart("replies");
    for (ShownComment reply : root.replies()) comment(out, site, reply);
    out.writeEndArray();
    out.writeStringField("nextReplies", links.nextReplies().apply(root));
    out.writeEndObject();
  }

  private static void comment(JsonGenerator out, Site site, ShownComment comment)
      throws IOException {
    out.writeStartObject();
    members(out, site, comment);
    out.writeEndObject();
  }

  private static void members(JsonGenerator out, Site site, ShownComment comment)
      throws IOException {
    out.writeStringField("id", id(site, comment.id()));
    out.writeStringField("parentId", comment.isRoot() ? null : id(site, comment.parentId()));
    out.writeStringField("rootId", id(site, comment.rootId()));
    out.writeNumberField("depth", comment.depth());
    out.writeBooleanField("pinned", comment.pinned());
    if (comment.published()) author(out, site, comment);
    else out.writeNullField("author");
    out.writeStringField("html", comment.html());
    out.writeStringField("status", comment.published() ? "published" : "deleted");
    out.writeNumberField("score", comment.score());
    out.writeStringField("createdAt", comment.createdAt().toInstant().toString());
    out.writeStringField(
        "editedAt", comment.editedAt() == null ? null : comment.editedAt().toInstant().toString());
    out.writeNumberField("version", comment.version());
  }

  private static void author(JsonGenerator out, Site site, ShownComment comment)
      throws IOException {
    out.writeObjectFieldStart("author");
    out.writeStringField(
        "id", comment.commenterId() == null ? null : id(site, comment.commenterId()));
    out.writeStringField("name", comment.name());
    out.writeStringField("url", comment.url());
    out.writeNullField("avatar");
    out.writeStringField("badge", comment.badge());
    out.writeEndObject();
  }

  private static String id(Site site, long row) {
    return new PublicId(site.id(), row).toString();
  }

  private interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  private static Buffer json(Writing writing) {
    var bytes = new ByteArrayOutputStream(8_192);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      writing.to(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
