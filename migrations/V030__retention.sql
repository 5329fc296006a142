-- What a site does not keep for ever: the senders of old comments, and texts that are not public any more. Each index
-- holds what is still there, so that what has gone is not looked at again.
create index comment_sender_known on comment (site_id, created_at)
  where author_email is not null or address_hash is not null or range_hash is not null;
create index comment_text_kept on comment (site_id, status, (greatest(created_at, decided_at, edited_at)))
  where status in ('rejected', 'spam', 'deleted') and source <> '';
