package afterword.spam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.comment.Advisers;
import afterword.comment.Client;
import afterword.comment.PostComment;
import afterword.comment.Scorer;
import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.events.EventFeed;
import afterword.events.EventStore;
import afterword.keys.Keys;
import afterword.model.Checks;
import afterword.model.Mode;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.model.Submission;
import afterword.outbound.Names;
import afterword.outbound.Outbound;
import afterword.site.SettingsJson;
import afterword.site.SiteAdmin;
import afterword.site.SiteStore;
import afterword.spam.BadProvider.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever those outside do, a post is stored within their deadline and 50 ms, and its verdict
 * notes who was absent. The clock is the machine's, so every such post is measured beside one that
 * asks nobody, and the medians of both are compared.
 */
class OutsideDeadlineIT {
  private static final int POSTS = 9;
  private static final long DEADLINE_MILLIS = 500;
  private static final long PATIENT_MILLIS = 5_000;
  private static final long GRACE_MILLIS = 50;

  /** What a connection holds on its way, on both sides, and never a gigabyte. */
  private static final long MOST_SENT = 32L * 1024 * 1024;

  private final TestDatabase rows = TestDatabase.fresh();
  private final Vertx vertx = Vertx.vertx();
  private final Database database = rows.open(vertx);
  private final TestClock clock = new TestClock();
  private Site site;
  private int said;

  @BeforeEach
  void start() throws Exception {
    var admin = new SiteAdmin(database, new SiteStore(database), new EventStore(), clock);
    site =
        admin
            .add("blog", "Blog", List.of("https://blog.example"), settings(new JsonObject()))
            .await(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    database.close().await(30, TimeUnit.SECONDS);
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void a_post_waits_no_longer_than_the_deadline_and_notes_who_was_absent(
      Fault fault, TestReporter reporter) throws Exception {
    try (var provider = new BadProvider(vertx, fault)) {
      String url = "http://127.0.0.1:" + provider.port() + "/";
      var outbound =
          new Outbound(vertx, Names.ofMachine(vertx), List.of("127.0.0.1:" + provider.port()));
      PostComment posting = posting(new OutsideOpinions(outbound, clock, url)::ask);
      Site asking =
          with(
              new JsonObject()
                  .put("akismetKey", "k")
                  .put("hookUrl", url)
                  .put("deadlineMillis", deadlineOf(fault)));
      // The first ones load classes.
      millis(posting, site);
      millis(posting, asking);
      rows.run("truncate comment cascade");
      int before = provider.asked();

      var alone = LongStream.builder();
      var asked = LongStream.builder();
      for (int i = 0; i < POSTS; i++) {
        alone.add(millis(posting, site));
        asked.add(millis(posting, asking));
      }

      long longer = median(asked.build()) - median(alone.build());
      reporter.publishEntry(fault.name(), longer + " ms longer");
      assertTrue(longer <= DEADLINE_MILLIS + GRACE_MILLIS, longer + " ms longer");
      String absent =
          """
          select count(*) from comment where status = 'published' and notes -> 'opinions' =
            '[{"source": "akismet", "says": "absent", "reasons": ["%1$s"]},
              {"source": "hook", "says": "absent", "reasons": ["%1$s"]}]'"""
              .formatted(fault.noted);
      assertEquals(String.valueOf(POSTS), rows.ask(absent));
      assertEquals(String.valueOf(2 * POSTS), rows.ask("select count(*) from comment"));
      if (fault != Fault.DEAD) assertEquals(2 * POSTS, provider.asked() - before);
      assertTrue(provider.sent() / (2 * POSTS) < MOST_SENT, provider.sent() + " bytes");
      outbound.close().await(30, TimeUnit.SECONDS);
    }
  }

  /** Whoever answers at once, if badly, is not to be taken for late where the machine is. */
  private static long deadlineOf(Fault fault) {
    return fault.noted.equals("late") ? DEADLINE_MILLIS : PATIENT_MILLIS;
  }

  private PostComment posting(Advisers advisers) {
    var feed = new EventFeed(vertx, database, new EventStore());
    return new PostComment(
        database, new Keys(TestDatabase.SECRET), feed, clock, Scorer.NONE, advisers);
  }

  private long millis(PostComment posting, Site on) throws Exception {
    byte[] address = {(byte) 203, 0, 113, 9};
    long began = System.nanoTime();
    posting
        .post(on, submission(), UUID.randomUUID().toString(), new Client(address, address))
        .await(30, TimeUnit.SECONDS);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  private Submission submission() {
    return new Submission(
        new Submission.PageReference("a", Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty(),
        "Ada",
        Optional.empty(),
        Optional.empty(),
        "Number " + ++said,
        Optional.empty(),
        "",
        0,
        Optional.empty());
  }

  private Site with(JsonObject outside) {
    return new Site(
        site.id(), site.key(), site.name(), site.origins(), settings(outside), site.version());
  }

  private static SiteSettings settings(JsonObject outside) {
    return SettingsJson.read(
        SettingsJson.write(SiteSettings.DEFAULTS.with(Mode.OPEN).with(Checks.OFF))
            .put("outside", outside));
  }

  private static long median(LongStream millis) {
    return millis.sorted().skip(POSTS / 2).findFirst().orElseThrow();
  }
}
