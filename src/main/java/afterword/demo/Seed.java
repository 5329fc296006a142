package afterword.demo;

import afterword.audit.AuditStore;
import afterword.comment.Client;
import afterword.comment.FlagComment;
import afterword.comment.PostComment;
import afterword.comment.Posted;
import afterword.db.Database;
import afterword.events.EventFeed;
import afterword.events.EventStore;
import afterword.keys.Keys;
import afterword.model.Checks;
import afterword.model.ProofOfWork;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Submission;
import afterword.model.Submission.PageReference;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The first comments of the demo, posted one by one through the same path as everybody's. */
final class Seed {
  private static final int MINUTES = 60;

  private final SeedClock clock = new SeedClock();
  private final PostComment posting;
  private final FlagComment flagging;
  private final JsonObject comments = read();
  private final String pageUrl;
  private final Instant now;
  private final Map<String, PublicId> nameToId = new HashMap<>();

  Seed(Vertx vertx, Database database, Keys keys, String pageUrl, Instant now) {
    var feed = new EventFeed(vertx, database, new EventStore());
    this.posting = new PostComment(database, keys, feed, clock);
    this.flagging = new FlagComment(database, new AuditStore(), feed, keys, clock);
    this.pageUrl = pageUrl;
    this.now = now;
  }

  /**
   * @param open the site as it publishes everything at once
   */
  Future<Void> published(Site open) {
    return all(open, comments.getJsonArray("published"));
  }

  /**
   * What readers reported until it was back in the queue.
   *
   * @param open as for {@link #published}
   */
  Future<Void> flagged(Site open) {
    JsonArray flagged = comments.getJsonArray("flagged");
    Future<Void> before = all(open, flagged);
    for (int i = 0; i < flagged.size(); i++) {
      JsonObject comment = flagged.getJsonObject(i);
      JsonArray flags = comment.getJsonArray("flags");
      for (int n = 0; n < flags.size(); n++) {
        JsonObject flag = flags.getJsonObject(n);
        before = before.compose(done -> flag(open, nameToId.get(comment.getString("id")), flag));
      }
    }
    return before;
  }

  /** A seeding that is repeated finds the comment in the queue already. */
  private Future<Void> flag(Site site, PublicId comment, JsonObject flag) {
    String by = flag.getString("by");
    setClock(flag);
    return flagging
        .flag(
            site,
            comment,
            keyOf(by),
            flag.getString("reason"),
            Optional.ofNullable(flag.getString("note")),
            client(by))
        .otherwiseEmpty();
  }

  /**
   * @param careful the site as it holds newcomers
   */
  Future<Void> held(Site careful) {
    return all(careful, comments.getJsonArray("held"));
  }

  private Future<Void> all(Site site, JsonArray list) {
    Future<Void> before = Future.succeededFuture();
    for (int i = 0; i < list.size(); i++) {
      JsonObject comment = list.getJsonObject(i);
      before = before.compose(done -> post(site, comment));
    }
    return before;
  }

  /**
   * The key makes a seeding that was cut off safe to repeat. Nobody is there who could prove work.
   */
  private Future<Void> post(Site site, JsonObject comment) {
    String name = comment.getString("id");
    setClock(comment);
    return posting
        .post(
            asksForNoProof(site),
            submission(comment),
            "afterword-demo-" + name,
            client(comment.getString("by")))
        .map(Posted::comment)
        .onSuccess(posted -> nameToId.put(name, posted.id()))
        .mapEmpty();
  }

  private static Site asksForNoProof(Site site) {
    Checks checks = site.settings().checks().with(ProofOfWork.OFF);
    return new Site(
        site.id(),
        site.key(),
        site.name(),
        site.origins(),
        site.settings().with(checks),
        site.version());
  }

  private void setClock(JsonObject happened) {
    clock.set(now.minus(Duration.ofMinutes(Math.round(happened.getDouble("hoursAgo") * MINUTES))));
  }

  private Submission submission(JsonObject comment) {
    return new Submission(
        new PageReference(
            HostPage.PATH.substring(1),
            Optional.of(pageUrl),
            Optional.of(HostPage.TITLE),
            Optional.of(HostPage.PUBLISHED_AT)),
        Optional.ofNullable(comment.getString("parent")).map(nameToId::get),
        comment.getString("by"),
        Optional.empty(),
        Optional.ofNullable(comment.getString("url")),
        comment.getString("body"),
        Optional.of(keyOf(comment.getString("by"))),
        "",
        40_000,
        Optional.empty());
  }

  /** One per name, so that they are the same person each time. */
  private static String keyOf(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  /** An address of those kept for documentation (RFC 5737), one per person. */
  private static Client client(String name) {
    byte[] address = {(byte) 198, 51, 100, (byte) name.hashCode()};
    return new Client(address, address);
  }

  private static JsonObject read() {
    try (InputStream file = Seed.class.getResourceAsStream("/demo/comments.json")) {
      return new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
