-- Who leaves a comment to others is not dealt it again for a while.
create table handed_on (
  site_id integer not null references site,
  comment_id bigint not null,
  moderator_id bigint not null,
  handed_at timestamptz not null,
  primary key (site_id, comment_id, moderator_id)
);
create index handed_on_age on handed_on (site_id, handed_at);
