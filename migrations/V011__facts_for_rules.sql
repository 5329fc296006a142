-- What the rules ask about pages, commenters and texts.

-- Closing by age, where it differs from the site's; 0: this page does not close by age.
alter table page add column close_after_days integer check (close_after_days >= 0);

-- A ban may hold comments rather than refuse them, and may be made by the service itself.
alter table ban add column holds boolean not null default false;
alter table ban add column automatic boolean not null default false;
create index ban_range on ban (site_id, range_hash) where range_hash is not null;

-- What was found beside the reasons, for moderators and for judging again; and for which reasons
-- checks in shadow would have held it.
alter table comment add column notes jsonb;
alter table comment add column shadow text[];
create index comment_shadow on comment (site_id, created_at) where shadow is not null;

-- Six fingerprints of each longer text of the last days: texts that share two are nearly the same.
create table text_print (
  site_id integer not null,
  print bigint not null,
  comment_id bigint not null,
  created_at timestamptz not null,
  primary key (site_id, print, comment_id)
);
create index text_print_age on text_print (created_at);
create index text_print_comment on text_print (site_id, comment_id);

-- What readers report. A decision settles it: upheld when the comment goes, refused when it stays.
create table flag (
  site_id integer not null,
  comment_id bigint not null,
  reporter bytea not null,
  author_id bigint,
  reason text not null check (reason in ('spam', 'abuse', 'off-topic', 'personal-data', 'illegal', 'other')),
  note text,
  -- in hundredths: reporters whom moderators keep refusing weigh less
  weight smallint not null check (weight between 0 and 100),
  created_at timestamptz not null,
  settled_at timestamptz,
  upheld boolean,
  primary key (site_id, comment_id, reporter),
  foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade,
  check ((settled_at is null) = (upheld is null))
);
create index flag_reporter on flag (site_id, reporter) where settled_at is not null;
create index flag_author on flag (site_id, author_id) where settled_at is null and author_id is not null;

-- How many comments one sender has posted on a day: counted inside the insert of the comment.
create table sender_day (
  site_id integer not null,
  sender bytea not null,
  day date not null,
  posts integer not null,
  primary key (site_id, sender, day)
);
create index sender_day_age on sender_day (day);

-- Posts whose sender has been told what is wrong with them; the next one with the key goes on.
create table nudge (
  site_id integer not null,
  key_hash bytea not null,
  created_at timestamptz not null,
  primary key (site_id, key_hash)
);
create index nudge_age on nudge (created_at);
