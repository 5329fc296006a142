-- Who somebody is at an identity provider (OpenID Connect): the subject is the provider's own number for them.
create table identity (
  issuer text not null,
  subject text not null,
  moderator_id bigint not null references moderator,
  created_at timestamptz not null,
  primary key (issuer, subject)
);
create index identity_moderator on identity (moderator_id);

-- With what the provider is asked again whether the person still belongs; sealed, and gone with the session.
create table provider_session (
  session_hash bytea primary key references session on delete cascade,
  sealed_refresh_token bytea not null,
  checked_at timestamptz not null
);
create index provider_session_checked on provider_session (checked_at);
