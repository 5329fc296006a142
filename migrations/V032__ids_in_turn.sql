-- Each connection took 32 ids at once, so those of two connections were not in the order of their posts.
alter sequence comment_id cache 1;
