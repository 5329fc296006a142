package afterword.comment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Failure;
import afterword.model.Mode;
import afterword.model.Opinion;
import afterword.model.Score;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That what the rules ask is what the database knows. */
class RuleFactsIT {
  private static final String LONG =
      "Grandmother's soup begins the evening before, with beans in cold water and a story that nobody believes.";

  @Test
  void the_same_text_on_a_third_page_is_held_from_whomever_but_short_thanks_are_not() {
    try (var posting = new Posting(Posting.settings(Mode.OPEN, "sameElsewhere", 2))) {
      for (int page = 1; page <= 2; page++) {
        assertEquals(201, posting.say(LONG).on(page + ".html").from(page).post().answer());
        assertEquals(201, posting.say("Thanks!").on(page + ".html").from(page).post().answer());
      }

      posting.say(LONG).on("3.html").from(3).post();

      assertEquals("same-elsewhere", reasons(posting));
      assertEquals(201, posting.say("Thanks!").on("3.html").from(3).post().answer());
    }
  }

  @Test
  void a_third_copy_with_noise_is_held_until_a_day_has_passed() {
    try (var posting = new Posting(Posting.settings(Mode.OPEN, "nearDuplicates", 2))) {
      assertEquals(201, posting.say(LONG + " Mia 1").from(1).post().answer());
      assertEquals(201, posting.say(LONG + " Tom 2").from(2).post().answer());

      posting.say("Hey! " + LONG + " Eva").from(3).post();
      assertEquals("near-duplicate", reasons(posting));

      posting.clock.advance(Duration.ofHours(25));
      assertEquals(201, posting.say("Oh! " + LONG + " Ida").from(4).post().answer());
    }
  }

  @Test
  void a_newcomers_copy_with_a_link_is_doubted_for_thirty_days() {
    Scorer half = subject -> Future.succeededFuture(Optional.of(new Score(0.5, List.of(), 1)));
    SiteSettings settings = Posting.settings(Mode.OPEN, "doubtToHold", 900);
    String copy = "Win now: https://shop.example/ " + LONG.replace("soup", "soop");
    try (var posting = new Posting(settings, half, Advisers.NONE)) {
      Posted said = posting.say(LONG).by(1).from(1).byForm().post();

      assertEquals(202, posting.say(copy).by(2).from(2).on("b.html").byForm().post().answer());
      assertEquals(
          "new, copied",
          posting.ask("select notes #>> '{found,doubt}' from comment order by id desc limit 1"));

      // Neither who says it again, nor who answers it, nor who quotes it.
      for (Posting.Draft harmless :
          List.of(
              posting.say("Again: https://soup.example/ " + LONG).by(1).from(1),
              posting.say(copy + "!").by(3).from(3).under(said),
              posting.say("> " + LONG + "\n\nhttps://soup.example/").by(4).from(4)))
        assertEquals(201, harmless.byForm().post().answer());

      posting.clock.advance(Duration.ofDays(31));
      assertEquals(201, posting.say(copy).by(5).from(5).on("c.html").byForm().post().answer());
    }
  }

  @Test
  void a_short_text_is_doubted_when_several_post_it_within_a_day_and_thanks_are_not() {
    Scorer scorer =
        subject ->
            Future.succeededFuture(
                Optional.of(new Score(subject.text().contains("money") ? 0.6 : 0.1, List.of(), 1)));
    var settings =
        SettingsJson.read(
            SettingsJson.write(Posting.settings(Mode.OPEN, "doubtToHold", 900))
                .put("nearDuplicates", 3));
    try (var posting = new Posting(settings, scorer, Advisers.NONE)) {
      for (int i = 1; i <= 9; i++) {
        int answer = i <= 3 ? 201 : 202;
        assertEquals(
            answer, posting.say("Make money now! " + i).by(i).from(i).byForm().post().answer());
        assertEquals(
            201, posting.say("Thank you so much").by(20 + i).from(20 + i).byForm().post().answer());
      }

      assertEquals(
          "new, repeated, like-spam",
          posting.ask(
              "select max(notes #>> '{found,doubt}') from comment where status = 'pending'"));
    }
  }

  @Test
  void what_is_like_something_turned_down_is_doubted_and_what_is_like_something_public_is_not() {
    Scorer half = subject -> Future.succeededFuture(Optional.of(new Score(0.4, List.of(), 1)));
    SiteSettings settings = Posting.settings(Mode.OPEN, "doubtToHold", 900);
    try (var posting = new Posting(settings, half, Advisers.NONE)) {
      Posted first = posting.say(LONG + " one").by(1).from(1).byForm().post();
      assertEquals(201, posting.say(LONG + " two").by(2).from(2).byForm().post().answer());
      posting.decide(first, "spam");

      assertEquals(202, posting.say(LONG + " three").by(3).from(3).byForm().post().answer());

      assertEquals("doubt", reasons(posting));
      assertEquals(
          "new, like-spam",
          posting.ask("select notes #>> '{found,doubt}' from comment order by id desc limit 1"));
      assertEquals(201, posting.say("Something else").by(3).from(3).byForm().post().answer());
    }
  }

  @Test
  void somebody_whose_comments_were_turned_down_waits() {
    try (var posting = new Posting(Posting.settings(Mode.OPEN, "rejectedPercent", 50))) {
      for (int i = 0; i < 3; i++)
        posting.decide(posting.say("Number " + i).by(1).post(), i == 0 ? "spam" : "rejected");

      posting.say("Once more").by(1).post();

      assertEquals("often-rejected", reasons(posting));
      assertEquals(201, posting.say("Somebody else").by(2).from(2).post().answer());
    }
  }

  @Test
  void a_commenter_on_hold_waits_and_an_open_ban_is_stricter() {
    try (var posting = new Posting(Mode.OPEN)) {
      posting.say("Hello").by(1).post();
      posting.run(
          "insert into ban (site_id, kind, commenter_id, holds, created_at) select 1, 'commenter', id, true, now() from commenter");

      assertEquals(202, posting.say("Again").by(1).post().answer());
      assertEquals("held-commenter", reasons(posting));

      posting.run(
          "insert into ban (site_id, kind, commenter_id, created_at) select 1, 'commenter', id, now() from commenter");
      posting.say("And again").by(1).refused(Failure.Refused.class);
    }
  }

  @Test
  void what_resembles_spam_is_due_before_what_came_at_the_same_time() {
    Scorer byText =
        subject ->
            Future.succeededFuture(
                Optional.of(new Score(subject.text().contains("offer") ? 0.8 : 0.1, List.of(), 1)));
    try (var posting = new Posting(Posting.settings(Mode.ALL), byText, Advisers.NONE)) {
      posting.say("A walk").by(1).from(1).post();
      posting.say("An offer").by(2).from(2).post();

      assertEquals("An offer", posting.ask("select source from comment order by due_at limit 1"));
      assertEquals("1", posting.ask("select count(distinct created_at) from comment"));
    }
  }

  @Test
  void names_like_the_staffs_wait() {
    try (var posting = new Posting(Mode.OPEN)) {
      posting.run(
          "insert into moderator (id, email, name, created_at) values (7, 'a@example.org', 'Alice Brandt', now())");
      posting.run("insert into site_role (site_id, moderator_id, role) values (1, 7, 'owner')");

      for (String name :
          List.of("alice brandt", "AIice Brandt", "Аlicе Вrandt", "Alice Brandt [MOD]")) {
        posting.say("I am " + name).named(name).from(name.hashCode()).post();
        assertEquals("staff-name", reasons(posting), name);
      }
      assertEquals(201, posting.say("I am not").named("Alicia Brand").post().answer());
    }
  }

  @Test
  void pages_close_by_the_age_of_their_article_and_by_their_own_setting() {
    try (var posting = new Posting(Posting.settings(Mode.OPEN, "closeAfterDays", 30))) {
      posting.say("Young").post();
      posting.clock.advance(Duration.ofDays(29));
      posting.say("Still young").post();
      posting.clock.advance(Duration.ofDays(1));
      posting.say("Old").refused(Failure.Refused.class);

      posting.run("update page set close_after_days = 0");
      assertEquals(201, posting.say("Never too old").post().answer());
    }
  }

  @Test
  void a_verdict_keeps_its_reasons_the_rules_version_and_what_was_found() {
    var settings =
        SettingsJson.read(
            SettingsJson.write(Posting.settings(Mode.OPEN))
                .put("scoreToHold", 900)
                .put("shadow", new JsonArray().add("blocked-word")));
    Scorer scorer =
        subject ->
            Future.succeededFuture(
                Optional.of(new Score(0.95, List.of("soup\u0000", subject.text()), 3)));
    try (var posting = new Posting(settings, scorer, Advisers.NONE)) {
      posting.say("A casino soup").post();

      assertEquals("learned-score", reasons(posting));
      assertEquals("1", posting.ask("select rules_version from comment"));
      assertEquals("{blocked-word}", posting.ask("select shadow::text from comment"));
      var notes = new JsonObject(posting.ask("select notes::text from comment"));
      assertEquals(0.95, notes.getDouble("score"));
      assertEquals("soup", notes.getJsonArray("because").getString(0));
    }
  }

  @Test
  void those_outside_are_asked_only_about_what_would_be_published() {
    SiteSettings settings =
        Posting.settings(Mode.OPEN, "outside", new JsonObject().put("akismetKey", "a"));
    var asked = new java.util.concurrent.atomic.AtomicInteger();
    Advisers advisers =
        subject -> {
          asked.incrementAndGet();
          return Future.succeededFuture(
              List.of(new Opinion("akismet", Opinion.Says.SPAM, List.of())));
        };
    try (var posting = new Posting(settings, Scorer.NONE, advisers)) {
      posting.say("A casino").post();
      assertEquals(0, asked.get());

      posting.say("A house").post();
      assertEquals(1, asked.get());
      assertEquals("outside-opinion", reasons(posting));
    }
  }

  @Test
  void two_processes_at_ten_a_day_admit_ten_and_ten_again_tomorrow() {
    SiteSettings ten = Posting.settings(Mode.OPEN, "perDay", 10);
    try (var posting = new Posting(ten)) {
      var other = posting.rows.open(posting.vertx);

      assertEquals(10, admitted(posting, other));
      posting.clock.advance(Duration.ofDays(1));
      assertEquals(10, admitted(posting, other));
      assertEquals("20", posting.ask("select count(*) from comment"));
      Posting.await(other.close());
    }
  }

  /** Forty posts of one commenter at once, half of them by the other process. */
  private static long admitted(Posting posting, afterword.db.Database other) {
    var second = posting.onAnother(other);
    List<Future<Integer>> sent =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    posting
                        .say("Number " + i + " at " + posting.clock.instant())
                        .by(1)
                        .sendTo(i % 2 == 0 ? posting.posting : second)
                        .map(Posted::answer)
                        .otherwise(429))
            .toList();
    Posting.await(Future.join(sent));
    return sent.stream().filter(answer -> answer.result() == 201).count();
  }

  @Test
  void a_full_day_says_when_the_next_one_begins() {
    try (var posting = new Posting(Posting.settings(Mode.OPEN, "perDay", 1))) {
      posting.say("One").by(1).post();

      Failure.TooMany full = posting.say("Two").by(1).refused(Failure.TooMany.class);

      assertEquals(12 * 3600, full.retryAfterSeconds());
      assertTrue(posting.say("Somebody else's").by(2).from(2).post().answer() == 201);
    }
  }

  private static String reasons(Posting posting) {
    return posting.ask(
        "select array_to_string(reasons, ' ') from comment order by id desc limit 1");
  }
}
