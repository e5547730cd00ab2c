-- What people said about sharing: codes in clear, the resource as it was sent sealed, with one id for all its
-- versions. A consent may come by itself, without a signal. Append only but for replaced_at.
create table consent (
    consent_id uuid primary key,
    logical_id uuid not null,
    version int not null default 1,
    signal_id uuid references signal,
    partner_id text not null,
    reference_key bytea not null,
    facts jsonb not null,
    resource_sealed bytea not null,
    accepted_at timestamptz not null,
    registered_at timestamptz not null,
    replaced_at timestamptz
);
create index consent_counting on consent (partner_id, reference_key) where replaced_at is null;
create index consent_by_logical_id on consent (logical_id);
