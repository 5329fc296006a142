-- A card names the last decisions on its author; of one who wrote thousands they are found like of any other.
create index comment_decided on comment (site_id, commenter_id, decided_at) where decided_at is not null;
