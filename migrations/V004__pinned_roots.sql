-- Pinned roots come first in every order; the scan for them must not pass over all the others.
create index comment_pinned on comment (site_id, thread_id, created_at, id)
  where shown and pinned and parent_id is null;
