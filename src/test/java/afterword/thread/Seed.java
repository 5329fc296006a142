package afterword.thread;

import afterword.db.TestDatabase;

/** Rows for tests of the read side, written the short way. */
final class Seed {
  private final TestDatabase database;

  Seed(TestDatabase database) {
    this.database = database;
  }

  Seed site(int id, String key) {
    return run(
        "insert into site (id, key, name, origins) values (%d, '%s', '%s', '{https://blog.example}')",
        id, key, key);
  }

  Seed page(int site, long id, String key) {
    return run(
        "insert into page (site_id, id, key, url, title, first_seen_at)"
            + " values (%d, %d, '%s', 'https://blog.example/%s', 'About %s', now())",
        site, id, key, key, key);
  }

  /** Published, created so many seconds after the first of January. */
  Seed root(int site, long page, long id, int second) {
    return comment(site, page, id, "null", id, 0, second);
  }

  Seed reply(int site, long page, long id, long parent, long root, int second) {
    return comment(site, page, id, Long.toString(parent), root, parent == root ? 1 : 2, second);
  }

  private Seed comment(
      int site, long page, long id, String parent, long root, int depth, int second) {
    return run(
        "insert into comment (site_id, id, thread_id, parent_id, root_id, depth, author_name, author_email, source,"
            + " html, text, status, shown, rules_version, fingerprint, owner_token_hash, created_at)"
            + " values (%d, %d, %d, %s, %d, %d, 'Ada', 'ada@mail.example', 'text %d', '<p>text %d</p>', 'text %d',"
            + " 'published', true, 1, 'f', 'o', timestamptz '2026-01-01 00:00:00Z' + interval '%d s')",
        site, id, page, parent, root, depth, id, id, id, second);
  }

  /** What a change appends; a counter learns of it later. */
  Seed event(int site, long page, long comment, long root, int delta) {
    return run(
        "insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)"
            + " values (%d, 'comment-changed', %d, %d, %d, %d, now())",
        site, page, comment, root, delta);
  }

  Seed run(String sql, Object... values) {
    database.run(sql.formatted(values));
    return this;
  }
}
