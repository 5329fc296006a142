-- Feeds of one page: its newest published comments, roots and replies alike.
create index comment_latest_of_thread on comment (site_id, thread_id, created_at, id)
  where status = 'published';
