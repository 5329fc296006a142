-- Keeps comment.shown true for what is published or has a shown child, from one comment upwards.
-- Stops at the first ancestor for which nothing changes. Whoever calls it holds the lock of the root
-- (see comment.StatusChange), so that no sibling changes meanwhile.
create function refresh_shown(tenant integer, changed bigint) returns void language plpgsql as $$
declare
  at bigint := changed;
  above bigint;
begin
  while at is not null loop
    update comment c set shown = not c.shown
    where c.site_id = tenant and c.id = at
      and c.shown <> (c.status = 'published' or exists (
        select from comment child where child.site_id = tenant and child.parent_id = at and child.shown))
    returning c.parent_id into above;
    exit when not found;
    at := above;
  end loop;
end
$$;
