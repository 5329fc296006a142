package afterword.comment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.db.TestDatabase;
import afterword.events.Event;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.Failure;
import afterword.model.Mode;
import afterword.model.Problem;
import afterword.model.Status;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostCommentIT {
  private Posting posting = new Posting(Mode.OPEN);

  @AfterEach
  void close() {
    posting.close();
  }

  @Test
  void stores_page_commenter_comment_audit_key_and_event_together() {
    Posted posted = posting.say("Hello").by(1).post();

    assertEquals(201, posted.answer());
    for (String table : List.of("page", "commenter", "comment", "audit", "idempotency_key")) {
      assertEquals("1", posting.ask("select count(*) from " + table), table);
    }
    assertEquals(
        posted.comment().id().row() + " 1",
        posting.ask("select comment_id || ' ' || delta from event where kind = 'comment-added'"));
    assertEquals(
        "post published open",
        posting.ask("select action || ' ' || status_after || ' ' || reason from audit"));
  }

  @Test
  void a_failed_part_leaves_nothing() {
    posting.run("alter table event add constraint never check (kind <> 'comment-added')");

    Future<Posted> failed = posting.say("Hello").by(1).send();

    assertTrue(Posting.await(failed.map(false).otherwise(true)));
    for (String table : List.of("page", "commenter", "comment", "audit", "idempotency_key")) {
      assertEquals("0", posting.ask("select count(*) from " + table), table);
    }
  }

  @Test
  void a_repeat_gives_the_same_id_and_token_and_the_present_state() {
    Posted first = posting.say("Once").key("the-very-same-key").post();
    posting.decide(first, "rejected");

    Posted repeat = posting.say("Once").key("the-very-same-key").post();

    assertTrue(repeat.repeated());
    assertEquals(first.comment().id(), repeat.comment().id());
    assertEquals(first.ownerToken(), repeat.ownerToken());
    assertEquals(201, repeat.answer());
    assertEquals(Status.REJECTED, repeat.comment().statusForAuthor());
    assertEquals("1", posting.ask("select count(*) from comment"));
  }

  @Test
  void a_key_is_free_again_after_a_day() {
    Posted first = posting.say("Today").key("the-very-same-key").post();
    posting.clock.advance(Duration.ofHours(23));
    assertEquals(
        first.comment().id(), posting.say("Today").key("the-very-same-key").post().comment().id());
    posting.clock.advance(Duration.ofHours(2));

    Posted second = posting.say("Tomorrow").key("the-very-same-key").post();

    assertFalse(second.repeated());
    assertNotEquals(first.comment().id(), second.comment().id());
    assertEquals("1", posting.ask("select count(*) from idempotency_key"));
  }

  @Test
  void old_keys_are_swept_away_and_young_ones_are_not() {
    posting.say("Old").post();
    posting.clock.advance(Duration.ofHours(25));
    posting.say("Young").post();

    Posting.await(new KeyExpiry(posting.vertx, posting.database, posting.clock).sweep());

    assertEquals("1", posting.ask("select count(*) from idempotency_key"));
  }

  @Test
  void a_refused_post_leaves_its_key_free() {
    posting.say("Taken").post();
    posting.say("Taken").key("still-a-free-key").refused(Failure.Conflict.class);

    assertEquals(201, posting.say("Another").key("still-a-free-key").post().answer());
  }

  @Test
  void twenty_at_once_with_one_key_make_one_comment_and_nobody_waits() {
    var answers = new ArrayList<Future<Posted>>();
    for (int i = 0; i < 20; i++)
      answers.add(posting.say("At once").by(1).key("the-very-same-key").send());

    Posting.await(Future.join(answers).otherwiseEmpty());

    assertEquals("1", posting.ask("select count(*) from comment"));
    assertEquals(
        1,
        answers.stream()
            .filter(Future::succeeded)
            .map(a -> a.result().comment().id())
            .distinct()
            .count());
    answers.stream()
        .filter(Future::failed)
        .forEach(a -> assertTrue(a.cause().getMessage().contains("right now")));
  }

  @Test
  void who_comes_while_the_first_is_under_way_is_told_at_once_and_leaves_nothing() {
    String key = "a-key-that-is-under-way";
    byte[] hash = new Keys(TestDatabase.SECRET).hash(Purpose.IDEMPOTENCY, "1", key);
    String hold = "select pg_advisory_xact_lock(" + ByteBuffer.wrap(hash).getLong() + ")";

    Failure told =
        Posting.await(
            posting.database.write(
                tx ->
                    tx.query(hold)
                        .execute()
                        .map(held -> posting.say("Too early").key(key))
                        .compose(early -> early.refusal(Failure.Conflict.class))));

    assertEquals(Problem.IN_FLIGHT, ((Failure.Conflict) told).problem());
    assertEquals("0", posting.ask("select count(*) from comment"));
    assertEquals(201, posting.say("In time").key(key).post().answer());
  }

  @Test
  void many_first_posts_at_once_make_one_page_and_one_commenter() {
    List<Future<Posted>> answers =
        IntStream.range(0, 20).mapToObj(i -> posting.say("Number " + i).by(1).send()).toList();

    Posting.await(Future.all(answers));

    assertEquals("1", posting.ask("select count(*) from page"));
    assertEquals("1", posting.ask("select count(*) from commenter"));
    assertEquals(
        "20", posting.ask("select count(*) from comment where thread_id = (select id from page)"));
    assertEquals(1, answers.stream().map(a -> a.result().comment().authorId()).distinct().count());
  }

  @Test
  void what_is_told_at_once_is_what_is_stored() {
    Posted posted = posting.say("Hello *you*").by(1).mail("ada@mail.example").post();

    CommentRow stored =
        Posting.await(new CommentStore(posting.database).find(posted.comment().id())).orElseThrow();

    assertEquals(CommentJson.forAuthor(stored), CommentJson.forAuthor(posted.comment()));
    assertArrayEquals(stored.ownerTokenHash(), posted.comment().ownerTokenHash());
  }

  @Test
  void listeners_hear_of_it_at_once() {
    var heard = new ArrayList<Event>();
    posting.feed.listen(heard::add);

    Posted posted = posting.say("Hello").post();

    assertEquals(posted.comment().id().row(), heard.get(0).commentId());
    assertEquals(1, heard.get(0).delta());
  }

  @Test
  void two_people_may_say_the_same_and_one_may_say_it_elsewhere_or_tomorrow() {
    posting.say("Thank you!").by(1).post();

    assertEquals(201, posting.say("Thank you!").by(2).from(2).post().answer());
    assertEquals(201, posting.say("Thank you!").by(1).on("b.html").post().answer());
    for (var again : List.of(posting.say("thank  YOU!").by(1).from(9), posting.say("Thank you!"))) {
      assertEquals(Problem.DUPLICATE_COMMENT, again.refused(Failure.Conflict.class).problem());
    }
    posting.clock.advance(Duration.ofHours(25));
    assertEquals(201, posting.say("Thank you!").by(1).post().answer());
  }

  @Test
  void trust_comes_with_an_approved_comment_and_belongs_to_the_key() {
    posting.close();
    posting = new Posting(Mode.TRUSTED);
    Posted first = posting.say("My first").by(1).post();
    assertEquals(202, first.answer());
    assertEquals(202, posting.say("My second").by(1).post().answer());

    posting.decide(first, "published");

    assertEquals(201, posting.say("My third").by(1).post().answer());
    assertEquals(202, posting.say("Somebody else").by(2).post().answer());
    assertEquals(202, posting.say("Without a key").post().answer());
  }

  @Test
  void bans_by_commenter_mail_pattern_and_address_range_are_told_or_not() {
    posting.say("Before").by(1).post();
    ban("commenter", "commenter_id", "(select id from commenter)", false);
    ban("email", "email_pattern", "'%@spam.example'", false);
    ban("range", "address_range", "'203.0.113.64/26'", false);
    ban("range", "address_range", "'203.0.113.128/26'", true);

    for (var draft :
        List.of(
            posting.say("One").by(1),
            posting.say("Two").mail("Eve@SPAM.example"),
            posting.say("Three").from(65))) {
      assertEquals(Problem.BANNED, draft.refused(Failure.Refused.class).problem());
    }
    Posted swallowed = posting.say("Four").from(129).post();
    assertEquals(202, swallowed.answer());
    assertEquals(Status.PENDING, swallowed.comment().statusForAuthor());
    assertEquals(
        "rejected shadow-banned",
        posting.ask("select status || ' ' || reasons[1] from comment where source = 'Four'"));
    assertEquals(201, posting.say("Five").by(2).from(5).post().answer());
  }

  @Test
  void a_ban_that_is_lifted_or_over_is_none() {
    ban("range", "address_range", "'203.0.113.0/24'", false);
    posting.run("update ban set expires_at = '2026-03-01 11:00:00Z'");
    assertEquals(201, posting.say("One").post().answer());
    posting.run("update ban set expires_at = null, lifted_at = now()");
    assertEquals(201, posting.say("Two").post().answer());
  }

  @Test
  void a_held_comment_and_a_swallowed_one_look_the_same() {
    Posted held = posting.say("A casino").post();
    Posted swallowed = posting.say("A nice day").trapped().post();

    assertEquals(held.answer(), swallowed.answer());
    assertEquals(
        CommentJson.forAuthor(held.comment()).fieldNames(),
        CommentJson.forAuthor(swallowed.comment()).fieldNames());
    assertEquals("pending", CommentJson.forAuthor(swallowed.comment()).getString("status"));
    assertEquals("spam", posting.ask("select status from comment where source = 'A nice day'"));
  }

  @Test
  void replies_nest_to_the_deepest_level_and_stay_under_one_root() {
    Posted root = posting.say("Level 0").post();
    Posted last = root;
    for (int depth = 1; depth <= 5; depth++) {
      Posted reply = posting.say("Level " + depth).under(last).post();
      assertEquals(Math.min(depth, 3), reply.comment().depth());
      assertEquals(last.comment().id(), reply.comment().parentId().orElseThrow());
      assertEquals(root.comment().id(), reply.comment().rootId());
      last = reply;
    }
  }

  @Test
  void a_parent_must_be_published_and_on_the_same_page() {
    Posted parent = posting.say("Parent").post();

    assertEquals("/parentId", wrongPlace(posting.say("Elsewhere").under(parent).on("b.html")));
    posting.decide(parent, "rejected");
    assertEquals("/parentId", wrongPlace(posting.say("Too late").under(parent)));
    assertEquals("1", posting.ask("select count(*) from page"));
  }

  @Test
  void an_alias_leads_to_its_page_and_a_closed_page_takes_nothing() {
    posting.say("First").post();
    posting.run(
        "insert into page_alias (site_id, key, page_id) select site_id, 'old.html', id from page");

    posting.say("Second").on("old.html").post();

    assertEquals(
        "2", posting.ask("select count(*) from comment where thread_id = (select id from page)"));
    posting.run("update page set closed_at = now()");
    assertEquals(
        Problem.PAGE_CLOSED, posting.say("Third").refused(Failure.Refused.class).problem());
    assertEquals(
        Problem.PAGE_CLOSED,
        posting.say("Third").on("old.html").refused(Failure.Refused.class).problem());
  }

  @Test
  void a_page_may_have_a_mode_of_its_own() {
    posting.say("First").post();
    posting.run("update page set mode = 'all'");

    assertEquals(202, posting.say("Second").post().answer());
  }

  @Test
  void counters_equal_a_recount() {
    Posted root = posting.say("Root").post();
    var posts = new ArrayList<Future<Posted>>();
    for (int i = 0; i < 40; i++) {
      Posting.Draft draft =
          posting.say((i % 4 == 0 ? "casino " : "word ") + i).on(i % 2 == 0 ? "a.html" : "b.html");
      posts.add((i % 6 == 0 ? draft.under(root) : draft).send());
      if (i % 10 == 0) Posting.await(posting.folder.fold());
    }
    Posting.await(Future.join(posts).otherwiseEmpty());
    posting.rows.settle();

    Posting.await(posting.folder.fold());

    assertEquals(
        posting.ask(
            "select string_agg(thread_id || ':' || n, ' ' order by thread_id) from (select thread_id, count(*) n"
                + " from comment where status = 'published' group by thread_id) t"),
        posting.ask(
            "select string_agg(thread_id || ':' || published, ' ' order by thread_id) from thread_counter where published > 0"));
    assertEquals(
        posting.ask(
            "select count(*) from comment where status = 'published' and parent_id is not null"),
        posting.ask("select sum(published) from reply_counter"));
  }

  private void ban(String kind, String column, String value, boolean shadow) {
    posting.run(
        "insert into ban (site_id, kind, %s, shadow, created_at) values (1, '%s', %s, %s, now())"
            .formatted(column, kind, value, shadow));
  }

  private static String wrongPlace(Posting.Draft draft) {
    return draft.refused(Failure.Invalid.class).errors().get(0).pointer();
  }
}
