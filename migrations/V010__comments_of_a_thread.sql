-- A page that joins another takes its comments along, whatever their status, some at a time.
create index comment_thread on comment (site_id, thread_id, id);
