-- Finished rows of the audit are chained here by one process at a time: a chain inside each
-- transaction would make all writers wait for each other. One chain for the whole installation.
alter table audit add column xid xid8 not null default pg_current_xact_id();
create index audit_order on audit (xid, id);

create table audit_seal (
  number bigint primary key,
  site_id integer not null,
  audit_id bigint not null,
  -- SHA-256 of the row, and of the link before with it
  row_hash bytea not null,
  link bytea not null,
  sealed_at timestamptz not null,
  unique (site_id, audit_id)
);
create table audit_sealer (
  single boolean primary key check (single),
  number bigint not null,
  link bytea not null,
  xid xid8 not null,
  audit_id bigint not null
);
insert into audit_sealer (single, number, link, xid, audit_id) values (true, 0, '', '0', 0);
