-- Runs after every migration: what the serving role may do. The audit is append-only for it.
do $$
declare
  serving text := '${serve_role}';
begin
  -- Several processes may come here at once, and two grants on the same object cannot.
  perform pg_advisory_xact_lock(hashtext('afterword'), hashtext('grants'));
  if serving <> '' and serving <> current_user then
    execute format('grant usage on schema public to %I', serving);
    execute format('grant select, insert, update, delete on all tables in schema public to %I', serving);
    execute format('grant usage, select on all sequences in schema public to %I', serving);
    execute format('revoke update, delete, truncate on audit, audit_seal from %I', serving);
    execute format('revoke insert, update, delete, truncate on flyway_schema_history from %I', serving);
  end if;
end
$$;
