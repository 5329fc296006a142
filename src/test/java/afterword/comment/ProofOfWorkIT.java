package afterword.comment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.events.Event;
import afterword.events.PlacedEvent;
import afterword.events.Position;
import afterword.keys.Keys;
import afterword.model.Failure;
import afterword.model.Mode;
import afterword.model.Opinion;
import afterword.model.Problem;
import afterword.model.ProofOfWork;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.model.Submission.Proof;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a post must come with a proof of work, and which proofs hold. */
class ProofOfWorkIT {
  private static final SiteSettings RISKY = settings("when-risky");
  private static final String LINK = "Look at https://shop.example/ number ";

  private Posting posting = new Posting(RISKY);
  private final AtomicInteger texts = new AtomicInteger();

  @AfterEach
  void close() {
    posting.close();
  }

  private static SiteSettings settings(String proofOfWork) {
    return Posting.settings(Mode.OPEN, "proofOfWork", proofOfWork);
  }

  @Test
  void a_newcomer_with_a_link_posts_once_the_challenge_is_solved() {
    Failure.Required asked = posting.say(LINK).refused(Failure.Required.class);
    assertEquals(Problem.PROOF_REQUIRED, asked.problem());
    assertEquals("0", posting.ask("select count(*) from comment"));

    Posted posted = posting.say(LINK).proving(solve(asked)).post();

    assertEquals(201, posted.answer());
    assertEquals("1", posting.ask("select count(*) from spent_proof where site_id = 1"));
  }

  @Test
  void who_sets_no_link_or_is_trusted_is_not_asked() {
    Posted plain = posting.say("No link at all").by(1).post();
    assertEquals(201, plain.answer());

    assertEquals(201, posting.say(LINK).by(1).post().answer());
    posting.say(LINK + "2").by(2).refused(Failure.Required.class);
    assertEquals("0", posting.ask("select count(*) from spent_proof"));
  }

  @Test
  void a_site_that_wants_none_is_sent_none() {
    with(settings("off"));

    assertEquals(201, posting.say(LINK).post().answer());
  }

  @Test
  void a_proof_holds_once_on_this_process_and_on_any_other() {
    Proof proof = proof();
    assertEquals(201, link().proving(proof).post().answer());

    Failure.Required again = link().proving(proof).refused(Failure.Required.class);
    assertTrue(again.detail().contains("used already"), again.detail());
    try (var other = new Other()) {
      Future<Posted> elsewhere = link().proving(proof).sendTo(other.process);
      assertTrue(Posting.await(elsewhere.map(false).otherwise(true)), "taken by the other process");
      assertEquals(201, Posting.await(link().proving(proof()).sendTo(other.process)).answer());
    }
    assertEquals("2", posting.ask("select count(*) from comment"));
    assertEquals(201, link().proving(solve(again)).post().answer());
  }

  @Test
  void of_many_posts_at_once_with_one_proof_on_two_processes_one_is_stored() {
    Proof proof = proof();
    try (var other = new Other()) {
      var answers = new ArrayList<Future<Posted>>();
      for (int i = 0; i < 40; i++)
        answers.add(link().proving(proof).sendTo(i % 2 == 0 ? posting.posting : other.process));

      Posting.await(Future.join(answers).otherwiseEmpty());

      assertEquals(1, answers.stream().filter(Future::succeeded).count());
      assertEquals("1", posting.ask("select count(*) from comment"));
    }
  }

  @Test
  void the_same_post_with_the_same_proof_repeats_its_answer() {
    Proof proof = proof();
    Posted first = posting.say(LINK).key("the-very-same-key").proving(proof).post();

    Posted repeat = posting.say(LINK).key("the-very-same-key").proving(proof).post();

    assertTrue(repeat.repeated());
    assertEquals(first.comment().id(), repeat.comment().id());
    assertEquals(201, posting.say(LINK).key("the-very-same-key").post().answer());
  }

  @Test
  void a_proof_holds_for_its_page_for_its_site_and_for_five_minutes() {
    Proof proof = proof();
    posting.clock.advance(Duration.ofSeconds(299));
    link().on("b.html").proving(proof).refused(Failure.Required.class);
    Proof strange = Solver.solve(challenges().make(other(posting.site), "a.html", now()).members());
    link().proving(strange).refused(Failure.Required.class);
    posting.clock.advance(Duration.ofSeconds(1));
    link().proving(proof).refused(Failure.Required.class);

    Proof inTime = proof();
    posting.clock.advance(Duration.ofSeconds(299));

    assertEquals(201, link().proving(inTime).post().answer());
  }

  @Test
  void what_was_altered_guessed_or_made_up_is_no_proof() {
    Proof proof = proof();
    String token = proof.token();
    String[] part = token.split("\\.");
    long later = Long.parseLong(part[0]) + 600;

    for (Proof wrong :
        List.of(
            new Proof(token, proof.number() + 1),
            new Proof(token, 0),
            new Proof(token, -1),
            new Proof(token.substring(1), proof.number()),
            new Proof(token + ".", proof.number()),
            new Proof(token.toUpperCase(java.util.Locale.ROOT), proof.number()),
            new Proof(later + "." + part[1] + "." + part[2], proof.number()),
            new Proof(part[0] + "." + "0".repeat(32) + "." + part[2], proof.number()),
            new Proof("999999999999." + part[1] + "." + part[2], proof.number()),
            new Proof("..", 0),
            new Proof(" ", 0),
            new Proof("", 0))) {
      link().proving(wrong).refused(Failure.Required.class);
    }
    assertEquals("0", posting.ask("select count(*) from spent_proof"));
    assertEquals(201, link().proving(proof).post().answer());
  }

  @Test
  void a_secret_of_another_installation_signs_nothing_here() {
    var elsewhere = new Challenges(new Keys("another-secret-of-32-characters!!"), new Random(1));
    Proof proof = Solver.solve(elsewhere.make(posting.site, "a.html", now()).members());

    link().proving(proof).refused(Failure.Required.class);
  }

  @Test
  void a_failed_insert_spends_nothing() {
    Proof proof = proof();
    posting.run("alter table event add constraint never check (kind <> 'comment-added')");
    assertTrue(Posting.await(link().proving(proof).send().map(false).otherwise(true)));
    posting.run("alter table event drop constraint never");

    assertEquals(201, link().proving(proof).post().answer());
  }

  @Test
  void a_site_that_is_sent_more_than_usual_asks_everybody_until_it_is_over() {
    Pace pace = paced(RISKY, Advisers.NONE);
    heard(pace, 29);
    assertEquals(201, posting.say("Number 30").post().answer());
    heard(pace, 1);

    Failure.Required asked = posting.say("Number 31").refused(Failure.Required.class);
    Posted trusted = posting.say("Number 31").proving(solve(asked)).by(1).post();
    assertEquals(201, trusted.answer());
    posting.say("Number 32").by(1).refused(Failure.Required.class);

    posting.clock.advance(Duration.ofSeconds(60));
    assertEquals(201, posting.say("Number 32").by(1).post().answer());
  }

  @Test
  void what_is_usual_on_a_busy_site_is_no_risk() {
    Pace pace = paced(RISKY, Advisers.NONE);
    publishedYesterday(20 * 24 * 60);
    heard(pace, 60);
    assertEquals(201, posting.say("A busy minute").post().answer());

    heard(pace, 1);

    posting.say("A minute busier than any").refused(Failure.Required.class);
  }

  @Test
  void comments_of_long_ago_that_arrive_now_make_no_busy_minute() {
    Pace pace = paced(RISKY, Advisers.NONE);
    heard(pace, posting.site.id(), 100, now().minus(Duration.ofHours(2)));
    heard(pace, posting.site.id(), 20, now());
    heard(pace, posting.site.id(), 100, now().minusSeconds(60));

    assertEquals(201, posting.say("The twenty-first").post().answer());
  }

  @Test
  void a_quiet_neighbour_is_not_asked() {
    Pace pace = paced(RISKY, Advisers.NONE);
    heard(pace, other(posting.site).id(), 100, now());

    assertEquals(201, posting.say("It is quiet here").post().answer());
  }

  @Test
  void nobody_outside_is_asked_about_a_post_without_its_proof() {
    var asked = new AtomicInteger();
    Advisers adviser =
        subject -> {
          asked.incrementAndGet();
          return Future.succeededFuture(List.<Opinion>of());
        };
    posting.close();
    SiteSettings settings =
        Posting.settings(Mode.OPEN, "outside", Map.of("hookUrl", "https://judge.example/"));
    settings = settings.with(settings.checks().with(ProofOfWork.WHEN_RISKY));
    posting = new Posting(settings, Scorer.NONE, adviser);

    Failure.Required first = posting.say(LINK).refused(Failure.Required.class);
    assertEquals(0, asked.get());
    posting.say(LINK).proving(solve(first)).post();

    assertEquals(1, asked.get());
  }

  @Test
  void who_is_in_the_trap_is_asked_like_anybody_and_who_is_refused_is_told_that() {
    Failure.Required asked = posting.say(LINK).trapped().refused(Failure.Required.class);
    assertEquals(202, posting.say(LINK).trapped().proving(solve(asked)).post().answer());

    posting.run("update page set closed_at = now()");

    posting.say(LINK).refused(Failure.Refused.class);
  }

  @Test
  void what_a_plain_form_sends_waits_instead() {
    Posted posted = posting.say(LINK).byForm().post();

    assertEquals(202, posted.answer());
    assertEquals(
        "pending {unproven}", posting.ask("select status || ' ' || reasons::text from comment"));
    assertEquals(202, posting.say(LINK + " casino").byForm().post().answer());
    assertEquals(
        "{blocked-word,unproven} casino",
        posting.ask(
            "select reasons::text || ' ' || (notes -> 'found' ->> 'blocked-word') from comment order by id desc limit 1"));
    assertEquals(201, posting.say("No link").byForm().post().answer());
  }

  @Test
  void spent_proofs_are_forgotten_long_after_they_are_over() {
    link().proving(proof()).post();
    posting.clock.advance(Duration.ofHours(25));
    link().proving(proof()).post();

    Posting.await(new KeyExpiry(posting.vertx, posting.database, posting.clock).sweep());

    assertEquals("1", posting.ask("select count(*) from spent_proof"));
  }

  @Test
  void no_two_challenges_are_the_same() {
    Challenge one = posting.posting.challenge(posting.site, "a.html");
    Challenge two = posting.posting.challenge(posting.site, "a.html");

    assertNotEquals(one.token(), two.token());
    assertNotEquals(one.target(), two.target());
  }

  private Posting.Draft link() {
    return posting.say(LINK + texts.incrementAndGet());
  }

  private Proof proof() {
    return Solver.solve(posting.posting.challenge(posting.site, "a.html").members());
  }

  @SuppressWarnings("unchecked")
  private static Proof solve(Failure.Required asked) {
    return Solver.solve((Map<String, Object>) asked.members().get("challenge"));
  }

  private Challenges challenges() {
    return new Challenges(new Keys(TestDatabase.SECRET), new Random(1));
  }

  private Instant now() {
    return posting.clock.instant();
  }

  private static Site other(Site site) {
    return new Site(site.id() + 1, "other", "Other", site.origins(), site.settings(), 1);
  }

  private void with(SiteSettings settings) {
    posting.close();
    posting = new Posting(settings);
  }

  /** Posts whose pace is counted, by events that the test makes up. */
  private Pace paced(SiteSettings settings, Advisers advisers) {
    posting.close();
    posting = new Posting(settings, Scorer.NONE, advisers);
    return posting.pace;
  }

  private void heard(Pace pace, int comments) {
    heard(pace, posting.site.id(), comments, now());
  }

  private static void heard(Pace pace, int site, int comments, Instant at) {
    var added = new Event(site, Event.Kind.COMMENT_ADDED, 1, 1, 1, 1);
    pace.heard(Collections.nCopies(comments, new PlacedEvent(added, new Position(1, 1), at)));
  }

  private void publishedYesterday(int comments) {
    posting.say("The first").post();
    posting.run(
        """
        insert into comment (site_id, id, thread_id, root_id, depth, author_name, source, html, text, status, shown,
          rules_version, fingerprint, owner_token_hash, created_at)
        select site_id, id + 1000000 + n, thread_id, id + 1000000 + n, 0, 'Ada', 'x', 'x', 'x', 'published', true, 1, 'f', 'o',
          created_at - interval '1 hour'
        from comment, generate_series(1, %d - 1) n
        """
            .formatted(comments));
  }

  /** Another process on the same database. */
  private final class Other implements AutoCloseable {
    final Database database = posting.rows.open(posting.vertx);
    final PostComment process = posting.onAnother(database);

    @Override
    public void close() {
      Posting.await(database.close());
    }
  }
}
