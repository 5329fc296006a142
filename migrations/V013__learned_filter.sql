-- What a site's decisions have taught it, as one row per site. "wanted" counts what has happened, "learned" is
-- how far the model goes; who learns claims the row for a while, in no transaction.
create table spam_model (
  site_id integer primary key references site,
  version bigint not null default 0,
  weights bytea not null default '',
  spam integer not null default 0,
  good integer not null default 0,
  digest bytea not null default '',
  wanted bigint not null default 1,
  learned bigint not null default 0,
  learned_at timestamptz,
  claimed_by uuid,
  claimed_until timestamptz
);
create index spam_model_behind on spam_model (learned_at) where wanted > learned;
insert into spam_model (site_id) select distinct site_id from decision;

insert into reader_position (reader, xid, event_id) values ('spam', '0', 0);
