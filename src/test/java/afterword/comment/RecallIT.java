package afterword.comment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.model.Mode;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was published of a campaign goes back to the queue once it shows. */
class RecallIT {
  private static final String PITCH =
      "My cousin left her job at the bank and earns more than her old boss with two hours a day on the phone, ask me how";

  @Test
  void the_fourth_takes_back_the_first_three_once_and_says_so() {
    try (var posting = new Posting(settings(true))) {
      for (int i = 1; i <= 3; i++)
        assertEquals(201, posting.say(PITCH + " " + i).by(i).from(i).post().answer());
      String before = posting.ask("select max(id) from event");

      assertEquals(202, posting.say(PITCH + " 4").by(4).from(4).post().answer());

      assertEquals("4", posting.ask("select count(*) from comment where status = 'pending'"));
      assertEquals(
          "3",
          posting.ask(
              "select count(*) from comment where reasons = '{near-duplicate}' and version = 2 and not shown and decided_at is null"));
      assertEquals(
          "3",
          posting.ask(
              """
              select count(*) from audit where actor = 'rules' and action = 'hold' and reason = 'near-duplicate'
                and status_before = 'published' and status_after = 'pending'
              """));
      assertEquals(
          "-3",
          posting.ask(
              "select sum(delta) from event where kind = 'comment-changed' and id > " + before));

      posting.say(PITCH + " 5").by(5).from(5).post();
      assertEquals("3", posting.ask("select count(*) from audit where actor = 'rules'"));
    }
  }

  @Test
  void ten_at_once_take_each_back_once() {
    try (var posting = new Posting(settings(true))) {
      for (int i = 1; i <= 3; i++) posting.say(PITCH + " " + i).by(i).from(i).post();

      List<Future<Posted>> sent =
          IntStream.range(10, 20)
              .mapToObj(i -> posting.say(PITCH + " " + i).by(i).from(i).send())
              .toList();
      sent.forEach(Posting::await);

      assertEquals("3", posting.ask("select count(*) from audit where actor = 'rules'"));
      assertEquals("3", posting.ask("select count(*) from comment where version = 2"));
      assertEquals("0", posting.ask("select count(*) from comment where status = 'published'"));
    }
  }

  @Test
  void what_a_moderator_approved_stays_and_so_does_what_somebody_known_wrote() {
    try (var posting = new Posting(settings(true))) {
      Posted approved = posting.say(PITCH + " 1").by(1).from(1).post();
      posting.decide(approved, "published");
      posting.decide(posting.say("Good morning").by(2).from(2).post(), "published");
      posting.say(PITCH + " 2").by(2).from(2).post();
      posting.say(PITCH + " 3").by(3).from(3).post();

      posting.say(PITCH + " 4").by(4).from(4).post();

      assertEquals(
          "{3,4}",
          posting.ask(
              "select array_agg(right(text, 1) order by id) from comment where status = 'pending'"));
    }
  }

  @Test
  void who_was_copied_with_a_link_stays() {
    try (var posting = new Posting(settings(true))) {
      posting.say(PITCH).by(1).from(1).post();
      for (int i = 2; i <= 4; i++)
        posting.say(PITCH + " http://shop" + i + ".example/").by(i).from(i).post();

      assertEquals(PITCH, posting.ask("select text from comment where status = 'published'"));
    }
  }

  @Test
  void who_says_it_again_takes_nothing_back_and_neither_do_short_ones_or_yesterdays() {
    try (var posting = new Posting(settings(true))) {
      for (int i = 1; i <= 4; i++)
        posting.say(PITCH + " " + i).on(i + ".html").by(1).from(1).post();
      for (int i = 1; i <= 9; i++) posting.say("Great article!").by(10 + i).from(10 + i).post();
      assertEquals("0", posting.ask("select count(*) from audit where actor = 'rules'"));

      posting.clock.advance(Duration.ofHours(25));
      for (int i = 5; i <= 7; i++) posting.say(PITCH + " " + i).by(i).from(i).post();
      posting.say(PITCH + " 8").by(8).from(8).post();

      assertEquals("3", posting.ask("select count(*) from audit where actor = 'rules'"));
      assertEquals("12", posting.ask("select count(*) from comment where status = 'published'"));
    }
  }

  @Test
  void where_it_is_switched_off_they_stay() {
    try (var posting = new Posting(settings(false))) {
      for (int i = 1; i <= 4; i++) posting.say(PITCH + " " + i).by(i).from(i).post();

      assertEquals("3", posting.ask("select count(*) from comment where status = 'published'"));
    }
  }

  private static SiteSettings settings(boolean recalls) {
    return SettingsJson.read(
        SettingsJson.write(Posting.settings(Mode.OPEN))
            .put("nearDuplicates", 3)
            .put("recallNearDuplicates", recalls));
  }
}
