-- Proofs of work that a comment was stored with: no other post may come with the same.
create table spent_proof (
  site_id integer not null,
  proof bytea not null,
  created_at timestamptz not null,
  primary key (site_id, proof)
);
create index spent_proof_age on spent_proof (created_at);
