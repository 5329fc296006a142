-- A comment that was withdrawn or erased while a notice waits: nobody decides any more whether it was against anything.
alter table statement drop constraint statement_ground_check;
alter table statement add constraint statement_ground_check check (ground in ('law', 'terms', 'none', 'gone')) not valid;
alter table statement validate constraint statement_ground_check;

-- A notice that is erased takes along what its sender appealed with.
create index appeal_notice on appeal (site_id, notice_id) where notice_id is not null;

-- What the mail server answered that refuses a moderator's address for good: nothing is sent there until they ask anew.
-- Other failures in a row make the next attempt wait longer.
alter table waiting_mail
  add column refused_at timestamptz,
  add column refusal text,
  add column failures integer not null default 0;
