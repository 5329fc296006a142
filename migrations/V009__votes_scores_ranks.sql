-- A vote belongs to a commenter key. The range of the address it came from only caps how many may come
-- from there. "previous" is what the last change replaced: that is how a change knows its own difference.
create table vote (
  site_id integer not null references site,
  comment_id bigint not null,
  commenter_id bigint not null,
  value smallint not null check (value between -1 and 1),
  previous smallint not null default 0,
  range_hash bytea not null,
  changed_at timestamptz not null,
  primary key (site_id, comment_id, commenter_id)
);
create index vote_range on vote (site_id, comment_id, range_hash);

-- What a vote changes, for the folder, which adds it to the score.
alter table event
  add column up smallint not null default 0,
  add column down smallint not null default 0;

-- Folded from events like the other counters. Comments without votes have no row.
create table comment_score (
  site_id integer not null,
  comment_id bigint not null,
  up bigint not null,
  down bigint not null,
  primary key (site_id, comment_id)
);

-- Where a root stands in the order "best", from one moment until another. A moment is a number that grows
-- when a fold changes ranks; what was true at a moment stays readable for an hour, so that a reader who
-- pages through sees one order. Roots of rank 0 have no row.
create table comment_rank (
  site_id integer not null,
  comment_id bigint not null,
  since bigint not null,
  until bigint not null,
  thread_id bigint not null,
  rank integer not null check (rank <> 0),
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (site_id, comment_id, since)
);
create index comment_rank_order on comment_rank (site_id, thread_id, rank, created_at, comment_id);
create index comment_rank_closed on comment_rank (closed_at) where closed_at is not null;

-- "forgotten" is the latest moment of which something is not kept any more.
alter table reader_position
  add column moment bigint not null default 1,
  add column forgotten bigint not null default 0;

-- The share that is at least true with 95 % confidence when this part of so many votes says so
-- (Wilson score interval, lower bound).
create function share_at_least(part bigint, votes bigint) returns double precision
language sql immutable parallel safe as $$
  select case when votes = 0 then 0 else
    (part::float8 / votes + 1.9208 / votes
      - 1.96 * sqrt((part::float8 * (votes - part) / votes + 0.9604) / votes / votes))
    / (1 + 3.8416 / votes) end
$$;

-- 0 without votes, up to 10,000 for what many are for, down to -10,000 for what many are against.
create function rank_of(up bigint, down bigint) returns integer
language sql immutable parallel safe as $$
  select round(10000 * (share_at_least(up, up + down) - share_at_least(down, up + down)))::integer
$$;
