-- What the queue filters, orders and groups by, found when the text is written.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create index comment_waiting_of_thread on comment (site_id, thread_id, created_at, id)
  where status = 'pending';

alter table comment
  -- ISO 639-1; null where the text is too short to tell
  add column language text,
  -- hosts of the links, without "www."
  add column link_hosts text[] not null default '{}',
  -- hashes that near-duplicates share at least one of
  add column alike bigint[] not null default '{}',
  -- created_at minus weight: what is risky or read by many comes first; null counts as created_at
  add column due_at timestamptz;

create index comment_due on comment (site_id, (coalesce(due_at, created_at)), id) where status = 'pending';
-- What is not published is few; published text is searched within a page, an author or a month.
create index comment_traits on comment
  using gin (site_id, text gin_trgm_ops, author_name gin_trgm_ops, link_hosts, alike)
  where status <> 'published';
create index comment_range on comment (site_id, range_hash, created_at) where range_hash is not null;
