-- A short claim on comments by one moderator; nothing else waits for it, and it ends by itself.
create sequence lease_id;
create table lease (
  site_id integer not null references site,
  comment_id bigint not null,
  id bigint not null,
  moderator_id bigint not null,
  expires_at timestamptz not null,
  primary key (site_id, comment_id)
);
create index lease_by_id on lease (id);

-- Under a locked comment nobody can answer any more.
alter table comment add column locked_at timestamptz;

create function is_locked(tenant integer, comment_number bigint) returns boolean
language sql stable as $$
  with recursive up as (
    select c.parent_id, c.locked_at from comment c where c.site_id = tenant and c.id = comment_number
    union all
    select c.parent_id, c.locked_at from up
    join comment c on c.site_id = tenant and c.id = up.parent_id
  )
  select exists (select from up where locked_at is not null)
$$;
