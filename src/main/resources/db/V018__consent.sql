-- What people said about sharing: codes in clear, the resource as it was sent sealed. Append only but for replaced_at.
create table consent (
    consent_id uuid primary key,
    signal_id uuid not null references signal,
    partner_id text not null,
    reference_key bytea not null,
    facts jsonb not null,
    resource_sealed bytea not null,
    accepted_at timestamptz not null,
    registered_at timestamptz not null,
    replaced_at timestamptz
);
create index consent_counting on consent (partner_id, reference_key) where replaced_at is null;
