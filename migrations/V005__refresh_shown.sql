-- Keeps comment.shown true for what is published or has a shown child, from one comment upwards.
-- Stops at the first ancestor for which nothing changes.
create function refresh_shown(tenant integer, changed bigint) returns void language plpgsql as $$
declare
  at bigint := changed;
  above bigint;
  was boolean;
  is_shown boolean;
begin
  loop
    select c.parent_id, c.shown,
      c.status = 'published' or exists (
        select from comment child where child.site_id = tenant and child.parent_id = at and child.shown)
    into above, was, is_shown
    from comment c where c.site_id = tenant and c.id = at for update;
    exit when not found or was = is_shown;
    update comment set shown = is_shown where site_id = tenant and id = at;
    exit when above is null;
    at := above;
  end loop;
end
$$;
