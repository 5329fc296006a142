-- What a comment said before its author or a moderator changed it, under the version it had then.
create table comment_revision (
  site_id integer not null,
  comment_id bigint not null,
  version integer not null,
  source text not null,
  html text not null,
  text text not null,
  written_at timestamptz not null,
  replaced_at timestamptz not null,
  primary key (site_id, comment_id, version),
  foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade
);
