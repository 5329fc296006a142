-- A change appends what happened in its own transaction. Readers page by (xid, id) and stop below
-- the oldest running transaction, because ids become visible out of order.
create table event (
  site_id integer not null,
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null,
  thread_id bigint,
  comment_id bigint,
  root_id bigint,
  -- what this change adds to the number of published comments of the thread
  delta smallint not null default 0,
  created_at timestamptz not null,
  primary key (site_id, id)
);
create index event_order on event (xid, id);
create index event_thread on event (site_id, thread_id, xid, id);

-- Counters hold what is folded; a read adds the deltas of events that are not folded yet.
create table thread_counter (
  site_id integer not null,
  thread_id bigint not null,
  published bigint not null,
  primary key (site_id, thread_id)
);
create table reply_counter (
  site_id integer not null,
  root_id bigint not null,
  published bigint not null,
  primary key (site_id, root_id)
);
create table reader_position (
  reader text primary key,
  xid xid8 not null,
  event_id bigint not null
);
insert into reader_position (reader, xid, event_id) values ('counters', '0', 0);

-- Append-only: who changed what, never a text and never an address.
create table audit (
  site_id integer not null,
  id bigint generated always as identity,
  at timestamptz not null,
  actor text not null,
  action text not null,
  object text not null,
  version integer,
  status_before text,
  status_after text,
  reason text,
  text_hash bytea,
  primary key (site_id, id)
);
create index audit_object on audit (site_id, object, id);
