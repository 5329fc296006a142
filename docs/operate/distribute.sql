-- Spreads the tables by site on Citus, as the owner of the schema, after "afterword migrate" and with nobody
-- connected: psql -f docs/operate/distribute.sql. docs/operate/scaling.md says what it is not enough for.
-- DistributionIT holds it against the schema: every table is named once, in an order that Citus takes.

-- Triggers stay on the shards of their site: the one on comment writes to outbox, which lies beside it.
set citus.enable_unsafe_triggers to on;

-- Citus takes no foreign key that follows a changed key. This one changes only while a decision can be undone, and
-- nobody looks at it a second time before that.
alter table second_look drop constraint second_look_site_id_decision_id_comment_id_fkey;
alter table second_look add constraint second_look_site_id_decision_id_comment_id_fkey
  foreign key (site_id, decision_id, comment_id)
  references decision_item (site_id, decision_id, comment_id) on delete cascade;

-- A copy on every worker: few rows, seldom changed, or of people who have roles on many sites.
select create_reference_table('site');
select create_reference_table('moderator');
select create_reference_table('passkey');
select create_reference_table('session');
select create_reference_table('provider_session');
select create_reference_table('access_token');
select create_reference_table('identity');
select create_reference_table('challenge');
select create_reference_table('totp');
select create_reference_table('recovery_code');
select create_reference_table('saved_filter');
select create_reference_table('waiting_mail');

-- By site, and all of a site on one worker; a table before those that refer to it.
select create_distributed_table('page', 'site_id');
select create_distributed_table('page_alias', 'site_id', colocate_with => 'page');
select create_distributed_table('commenter', 'site_id', colocate_with => 'page');
select create_distributed_table('comment', 'site_id', colocate_with => 'page');
select create_distributed_table('comment_revision', 'site_id', colocate_with => 'page');
select create_distributed_table('comment_score', 'site_id', colocate_with => 'page');
select create_distributed_table('comment_rank', 'site_id', colocate_with => 'page');
select create_distributed_table('idempotency_key', 'site_id', colocate_with => 'page');
select create_distributed_table('text_print', 'site_id', colocate_with => 'page');
select create_distributed_table('sender_day', 'site_id', colocate_with => 'page');
select create_distributed_table('nudge', 'site_id', colocate_with => 'page');
select create_distributed_table('spent_proof', 'site_id', colocate_with => 'page');
select create_distributed_table('vote', 'site_id', colocate_with => 'page');
select create_distributed_table('flag', 'site_id', colocate_with => 'page');
select create_distributed_table('ban', 'site_id', colocate_with => 'page');
select create_distributed_table('lease', 'site_id', colocate_with => 'page');
select create_distributed_table('handed_on', 'site_id', colocate_with => 'page');
select create_distributed_table('spam_model', 'site_id', colocate_with => 'page');
select create_distributed_table('thread_counter', 'site_id', colocate_with => 'page');
select create_distributed_table('reply_counter', 'site_id', colocate_with => 'page');
select create_distributed_table('event', 'site_id', colocate_with => 'page');
select create_distributed_table('audit', 'site_id', colocate_with => 'page');
select create_distributed_table('site_role', 'site_id', colocate_with => 'page');
select create_distributed_table('invitation', 'site_id', colocate_with => 'page');
select create_distributed_table('decision', 'site_id', colocate_with => 'page');
select create_distributed_table('decision_item', 'site_id', colocate_with => 'page');
select create_distributed_table('second_look', 'site_id', colocate_with => 'page');
select create_distributed_table('statement', 'site_id', colocate_with => 'page');
select create_distributed_table('notice', 'site_id', colocate_with => 'page');
select create_distributed_table('appeal', 'site_id', colocate_with => 'page');
select create_distributed_table('webhook', 'site_id', colocate_with => 'page');
select create_distributed_table('delivery', 'site_id', colocate_with => 'page');
select create_distributed_table('outbox', 'site_id', colocate_with => 'page');

-- Left on the coordinator, because one process at a time goes through them in order: audit_seal, audit_sealer,
-- reader_position, flyway_schema_history.
