package afterword.bench;

import afterword.db.TestDatabase;

/**
 * Comments for the benchmarks of the desk, written straight into the tables, audit and all. A fifth
 * of what is published was decided on; authors and networks have twenty comments each, and every
 * fiftieth comment is by one of ten authors who write a lot.
 */
public final class PendingComments {
  private static final int PROLIFIC = 10;

  private PendingComments() {}

  /**
   * Roots on a hundred pages of site 1: first the published ones, then the pending ones.
   *
   * @param first number of the first comment
   */
  public static void fill(TestDatabase database, int first, int published, int pending) {
    database.run(
        """
        insert into page (site_id, id, key, url, first_seen_at)
        select 1, n, 'p' || n, 'https://blog.example/p' || n, now() from generate_series(1, 100) n
        on conflict do nothing;
        """);
    int authors = 1 + (published + pending) / 20;
    database.run(
        """
        insert into commenter (site_id, id, key_hash, first_seen_at)
        select 1, n, int8send(n), now() from generate_series(1, %d) n
        on conflict do nothing;
        """
            .formatted(PROLIFIC + authors));
    rows(database, first, published, "published", authors);
    rows(database, first + published, pending, "pending", authors);
    database.run("select setval('comment_id', greatest(1, (select max(id) from comment)))");
    database.run("vacuum analyze");
  }

  private static void rows(
      TestDatabase database, int first, int count, String status, int authors) {
    if (count == 0) return;
    database.run(
        """
        insert into comment (site_id, id, thread_id, root_id, depth, commenter_id, author_name, source, html, text,
          status, shown, reasons, rules_version, fingerprint, owner_token_hash, created_at, due_at, language, range_hash,
          decided_at)
        select 1, n, n %% 100 + 1, n, 0, author, 'Person ' || author, body, '<p>' || body || '</p>', body,
          '%3$s', '%3$s' = 'published', '{first-comment}', 1, int8send(n), 'o',
          timestamptz '2026-01-01' + n * interval '1 s', timestamptz '2026-01-01' + n * interval '1 s', 'en',
          int8send(author), case when '%3$s' = 'published' and n %% 5 = 0 then timestamptz '2026-01-01' + n * interval '1 s' end
        from (
          select n, case when n %% 50 = 0 then 1 + n / 50 %% %4$d else 1 + %4$d + n %% %5$d end as author,
            'Comment ' || n || ' on the ' || translate(md5(n::text), '0123456789abcdef', 'ghijklmnopqrstuv') || ' of things, and ' || translate(md5((n * 7)::text), '0123456789abcdef', 'ghijklmnopqrstuv') as body
          from generate_series(%1$d, %2$d) n) made;
        insert into audit (site_id, at, actor, action, object, version, status_after)
        select 1, now(), 'author', 'post', 'comment:' || n, 1, '%3$s' from generate_series(%1$d, %2$d) n;
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select 1, 'comment-added', n %% 100 + 1, n, n, ('%3$s' = 'published')::int, now()
        from generate_series(%1$d, %2$d) n;
        """
            .formatted(first, first + count - 1, status, PROLIFIC, authors));
  }
}
