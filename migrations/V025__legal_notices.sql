-- Legal notices: somebody says that a comment is against the law. What was decided on it, and why; and appeals.
create sequence notice_id;
create table notice (
  site_id integer not null references site,
  id bigint not null,
  comment_id bigint not null,
  -- of the form that it came with: a second click stores nothing
  key_hash bytea not null,
  -- of the secret in the link that leads its sender back to it
  token_hash bytea not null,
  category text not null,
  law text,
  -- empty once it has been erased
  explanation text not null,
  name text,
  email text,
  created_at timestamptz not null,
  -- null while it waits
  decision_id bigint,
  primary key (site_id, id),
  unique (site_id, key_hash),
  foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade,
  foreign key (site_id, decision_id) references decision (site_id, id)
);
create index notice_waiting on notice (site_id, comment_id) where decision_id is null;
create index notice_comment on notice (site_id, comment_id);
create index notice_decision on notice (site_id, decision_id) where decision_id is not null;
create index notice_person on notice (site_id, created_at) where name is not null or email is not null;

-- Why it was decided so: for who reported the comment and for who wrote it.
create table statement (
  site_id integer not null,
  decision_id bigint not null,
  facts text not null,
  ground text not null check (ground in ('law', 'terms', 'none')),
  reference text,
  automated boolean not null,
  appeal_until timestamptz not null,
  primary key (site_id, decision_id),
  foreign key (site_id, decision_id) references decision (site_id, id)
);

-- Against a decision with a statement: of a notice's sender, or (without a notice) of the comment's author.
create sequence appeal_id;
create table appeal (
  site_id integer not null references site,
  id bigint not null,
  decision_id bigint not null,
  comment_id bigint not null,
  notice_id bigint,
  text text not null,
  created_at timestamptz not null,
  -- null while it waits
  answer_id bigint,
  primary key (site_id, id),
  foreign key (site_id, decision_id) references statement (site_id, decision_id),
  foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade,
  foreign key (site_id, notice_id) references notice (site_id, id),
  foreign key (site_id, answer_id) references decision (site_id, id)
);
create unique index appeal_once on appeal (site_id, decision_id, comment_id, coalesce(notice_id, 0));
create index appeal_waiting on appeal (site_id, comment_id) where answer_id is null;
create index appeal_answer on appeal (site_id, answer_id) where answer_id is not null;
