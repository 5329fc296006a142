package afterword.spam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import afterword.db.Database;
import afterword.db.TestDatabase;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which public comments a site learns from, whose last decision was made on the tenth at noon. */
class UnopposedIT {
  private final TestDatabase rows = TestDatabase.fresh();
  private final Vertx vertx = Vertx.vertx();
  private final Database database = rows.open(vertx);
  private final EvidenceStore store = new EvidenceStore(database);

  UnopposedIT() {
    rows.run(
        """
        insert into site (id, key, name, origins) values (1, 'blog', 'Blog', '{https://blog.example}');
        insert into page (site_id, id, key, first_seen_at) values (1, 1, 'a.html', now());
        insert into commenter (site_id, id, key_hash, first_seen_at)
        select 1, i, sha256(convert_to(i::text, 'UTF8')), now() from generate_series(1, 9) i;
        """);
  }

  @AfterEach
  void close() throws Exception {
    database.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void is_what_had_been_public_for_a_day_when_somebody_decided_last() {
    comment(1, 1, "published", "03-09 11:59");
    comment(2, 2, "published", "03-09 12:01");
    comment(3, 3, "pending", "03-08 12:00");
    comment(4, 4, "spam", "03-08 12:00");
    decision(1, 4, "spam", "03-10 12:00");

    assertEquals(List.of(1L), unopposed());
    assertEquals(List.of(4L), decided());
  }

  @Test
  void without_a_decision_nothing_is_learnt() {
    comment(1, 1, "published", "03-01 12:00");

    assertEquals(List.of(), unopposed());
    assertArrayEquals(Weights.NONE.encoded(), learnt().weights(), "nobody has looked at the site");
  }

  @Test
  void what_was_reported_counts_only_once_the_report_was_refused() {
    for (int i = 1; i <= 4; i++) comment(i, i, "published", "03-08 12:00");
    comment(9, 9, "spam", "03-08 12:00");
    decision(1, 9, "spam", "03-10 12:00");
    flag(1, "null", "null");
    flag(2, "now()", "true");
    flag(3, "now()", "false");

    assertEquals(List.of(3L, 4L), unopposed());

    rows.run(
        """
        insert into notice (site_id, id, comment_id, key_hash, token_hash, category, explanation, created_at)
        values (1, 1, 4, 'k', 't', 'other', 'x', now())
        """);
    assertEquals(List.of(3L), unopposed());
  }

  @Test
  void what_its_author_changed_counts_from_then_on_and_staff_never() {
    for (int i = 1; i <= 3; i++) comment(i, i, "published", "03-08 12:00");
    rows.run("update comment set edited_at = '2026-03-10 11:00Z' where id = 1");
    rows.run("update comment set edited_at = '2026-03-09 11:00Z' where id = 2");
    rows.run("update comment set badge = 'staff' where id = 3");
    comment(9, 9, "spam", "03-08 12:00");
    decision(1, 9, "spam", "03-10 12:00");

    assertEquals(List.of(2L), unopposed());
  }

  @Test
  void nobody_says_what_is_good_by_saying_it_often() {
    for (int i = 1; i <= 5; i++) comment(i, 1, "published", "03-0" + i + " 12:00");
    comment(6, null, "published", "03-06 12:00");
    comment(7, null, "published", "03-07 12:00");
    comment(9, 9, "spam", "03-08 12:00");
    decision(1, 9, "spam", "03-10 12:00");

    assertEquals(List.of(5L, 6L, 7L), unopposed());
  }

  @Test
  void a_decision_taken_back_takes_with_it_what_it_had_made_evidence() {
    comment(1, 1, "published", "03-07 12:00");
    comment(2, 2, "published", "03-09 10:00");
    comment(8, 8, "spam", "03-07 12:00");
    comment(9, 9, "spam", "03-07 12:00");
    decision(1, 8, "spam", "03-09 12:00");
    Learnt before = learnt();

    decision(2, 9, "spam", "03-10 12:00");
    Learnt between = learnt();
    rows.run("update decision set undone_at = now() where id = 2");
    Learnt after = learnt();

    assertEquals(2, between.spam());
    assertFalse(Arrays.equals(before.weights(), between.weights()));
    assertArrayEquals(before.weights(), after.weights());
    assertArrayEquals(before.digest(), after.digest());
  }

  @Test
  void what_is_decided_later_is_a_decision_and_no_longer_this() {
    for (int i = 1; i <= 2; i++) comment(i, i, "published", "03-07 12:00");
    comment(9, 9, "spam", "03-07 12:00");
    decision(1, 9, "spam", "03-10 12:00");
    assertEquals(List.of(1L, 2L), unopposed());

    rows.run("update comment set status = 'spam', decided_at = '2026-03-11 12:00Z' where id = 1");
    decision(2, 1, "spam", "03-11 12:00");

    assertEquals(List.of(2L), unopposed());
    assertEquals(List.of(1L, 9L), decided());
  }

  private Learnt learnt() {
    Evidence all = evidence();
    return Learnt.from(all, all.digest());
  }

  private Evidence evidence() {
    try {
      return store.evidence(1).await(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new AssertionError("nothing read within 10 s", late);
    }
  }

  private List<Long> unopposed() {
    return evidence().unopposed().stream().map(Unopposed::comment).toList();
  }

  private List<Long> decided() {
    return evidence().decided().stream().map(Decided::comment).toList();
  }

  private void comment(int id, Integer commenter, String status, String at) {
    rows.run(
        """
        insert into comment (site_id, id, thread_id, root_id, depth, commenter_id, source, html, text, status,
          shown, rules_version, fingerprint, owner_token_hash, created_at, decided_at)
        values (1, %1$d, 1, %1$d, 0, %2$s, 't', 't', 'The words of number %1$d', '%3$s', '%3$s' = 'published', 1,
          'f', 'o', '2026-%4$s:00Z', case when '%3$s' = 'spam' then now() end)
        """
            .formatted(id, commenter, status, at));
  }

  private void decision(int id, int comment, String action, String at) {
    rows.run(
        """
        insert into decision (site_id, id, moderator_id, action, created_at)
        values (1, %1$d, 1, '%3$s', '2026-%4$s:00Z');
        insert into decision_item (site_id, decision_id, comment_id, status_before, version_before, status_after,
          version_after)
        values (1, %1$d, %2$d, 'pending', 1, '%3$s', 2)
        """
            .formatted(id, comment, action, at));
  }

  private void flag(int comment, String settledAt, String upheld) {
    rows.run(
        """
        insert into flag (site_id, comment_id, reporter, reason, weight, created_at, settled_at, upheld)
        values (1, %d, 'r', 'spam', 100, now(), %s, %s)
        """
            .formatted(comment, settledAt, upheld));
  }
}
