-- What somebody else would have decided, asked without saying what was decided.
create table second_look (
  site_id integer not null,
  decision_id bigint not null,
  comment_id bigint not null,
  moderator_id bigint not null,
  action text not null check (action in ('approve', 'reject', 'spam', 'delete')),
  agrees boolean not null,
  created_at timestamptz not null,
  primary key (site_id, decision_id, comment_id),
  foreign key (site_id, decision_id, comment_id)
    references decision_item (site_id, decision_id, comment_id) on update cascade on delete cascade
);
