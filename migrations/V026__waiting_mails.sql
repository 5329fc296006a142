-- Moderators who want a mail when comments wait, at most one in so many minutes. What waits since
-- before the last one has been told of.
create table waiting_mail (
  moderator_id bigint primary key references moderator,
  every_minutes integer not null check (every_minutes > 0),
  language text not null,
  told_at timestamptz not null,
  -- for one that is being written: when it counts as not sent
  next_at timestamptz not null
);
create index waiting_mail_due on waiting_mail (next_at);
