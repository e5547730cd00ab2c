-- What a partner sent by message and could not be taken, or not as a whole. Its content stands sealed in
-- quarantine_part until it was taken after all; then the row stays, with what it was answered.
create table quarantine (
    quarantine_id uuid primary key,
    partner_id text not null,
    -- keyed pseudonym of what is the same in the same message sent again; null while it is still being written
    content_key bytea,
    size_bytes bigint not null,
    refusal_sealed bytea not null,
    received_at timestamptz not null,
    last_received_at timestamptz not null,
    received_count integer not null default 1,
    is_whole boolean not null,
    taken_at timestamptz,
    answer_sealed bytea,
    check ((taken_at is null) = (answer_sealed is null))
);
create unique index quarantine_open on quarantine (partner_id, content_key) where taken_at is null;
create index quarantine_waiting on quarantine (quarantine_id) where taken_at is null;
create index quarantine_last on quarantine (last_received_at);
