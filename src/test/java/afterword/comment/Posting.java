package afterword.comment;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import afterword.TestClock;
import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.events.CounterFolder;
import afterword.events.EventFeed;
import afterword.events.EventStore;
import afterword.keys.Keys;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.model.Submission;
import afterword.model.Submission.PageReference;
import afterword.model.Submission.Proof;
import afterword.site.SettingsJson;
import afterword.site.SiteAdmin;
import afterword.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The use case on a real database and a clock of its own; what it says is posted by one newcomer.
 */
final class Posting implements AutoCloseable {
  final TestDatabase rows = TestDatabase.fresh();
  final TestClock clock = new TestClock();
  final Vertx vertx = Vertx.vertx();
  final Database database = rows.open(vertx);
  final EventStore events = new EventStore();
  final EventFeed feed = new EventFeed(vertx, database, events);
  final CounterFolder folder = new CounterFolder(vertx, database);
  final Pace pace = new Pace(database, clock);
  final PostComment posting;
  final Site site;

  Posting(Mode mode) {
    this(settings(mode));
  }

  Posting(SiteSettings settings) {
    this(settings, Scorer.NONE, Advisers.NONE);
  }

  static SiteSettings settings(Mode mode) {
    return new SiteSettings(
        mode, 1, 2, List.of("casino"), true, Limits.TEXT, 3, 900, 10_000, 1, 10_000);
  }

  /** With other settings, named as they are stored. */
  static SiteSettings settings(Mode mode, String name, Object value) {
    return SettingsJson.read(SettingsJson.write(settings(mode)).put(name, value));
  }

  Posting(SiteSettings settings, Scorer scorer, Advisers advisers) {
    posting =
        new PostComment(
            database,
            new Keys(TestDatabase.SECRET),
            feed,
            clock,
            scorer,
            advisers,
            pace,
            new SecureRandom(),
            verdict -> {});
    var admin = new SiteAdmin(database, new SiteStore(database), events, clock);
    site = await(admin.add("blog", "Blog", List.of("https://blog.example"), settings));
  }

  /** One post to be varied before it is sent. */
  final class Draft {
    private String page = "a.html";
    private String body;
    private String commenterKey;
    private String email;
    private PublicId parent;
    private String trap = "";
    private String name = "Ada";
    private byte[] address = {(byte) 203, 0, 113, 1};
    private String key = UUID.randomUUID().toString();
    private Proof proof;
    private boolean scripted = true;
    private boolean contradictory;
    private long elapsedMs;

    Draft on(String pageKey) {
      page = pageKey;
      return this;
    }

    /**
     * @param number which commenter, each with a key of its own
     */
    Draft by(int number) {
      commenterKey = "%032x".formatted(number);
      return this;
    }

    Draft from(int lastByte) {
      address = new byte[] {(byte) 203, 0, 113, (byte) lastByte};
      return this;
    }

    Draft named(String said) {
      name = said;
      return this;
    }

    Draft mail(String address) {
      email = address;
      return this;
    }

    Draft under(Posted comment) {
      parent = comment.comment().id();
      return this;
    }

    Draft trapped() {
      trap = "x";
      return this;
    }

    Draft proving(Proof solved) {
      proof = solved;
      return this;
    }

    Draft byForm() {
      scripted = false;
      return this;
    }

    Draft contradictory() {
      contradictory = true;
      return this;
    }

    Draft within(long millis) {
      elapsedMs = millis;
      return this;
    }

    Draft key(String idempotencyKey) {
      key = idempotencyKey;
      return this;
    }

    Posted post() {
      return await(send());
    }

    <T extends Failure> T refused(Class<T> type) {
      return await(refusal(type));
    }

    <T extends Failure> Future<T> refusal(Class<T> type) {
      return send()
          .map(posted -> (Throwable) null)
          .otherwise(failure -> failure)
          .map(cause -> assertInstanceOf(FailureException.class, cause))
          .map(cause -> assertInstanceOf(type, cause.failure()));
    }

    Future<Posted> send() {
      return sendTo(posting);
    }

    Future<Posted> sendTo(PostComment process) {
      var reference = new PageReference(page, Optional.empty(), Optional.empty(), Optional.empty());
      var submission =
          new Submission(
              reference,
              Optional.ofNullable(parent),
              name,
              Optional.ofNullable(email),
              Optional.empty(),
              body,
              Optional.ofNullable(commenterKey),
              trap,
              elapsedMs,
              Optional.ofNullable(proof));
      return process.post(
          site, submission, key, new Client(address, address, scripted, contradictory));
    }
  }

  /** The same as another process would do it. */
  PostComment onAnother(Database other) {
    return new PostComment(
        other, new Keys(TestDatabase.SECRET), new EventFeed(vertx, other, events), clock);
  }

  Draft say(String body) {
    var draft = new Draft();
    draft.body = body;
    return draft;
  }

  /** As a moderator would, shortened. */
  void decide(Posted comment, String status) {
    rows.run(
        "update comment set status = '%s', shown = %s, version = version + 1, decided_at = now() where id = %d"
            .formatted(status, status.equals("published"), comment.comment().id().row()));
  }

  void run(String sql) {
    rows.run(sql);
  }

  String ask(String sql) {
    return rows.ask(sql);
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(15, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 15 s", late);
    }
  }

  @Override
  public void close() {
    await(database.close());
    await(vertx.close());
  }
}
