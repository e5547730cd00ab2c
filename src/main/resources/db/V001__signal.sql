-- One row per accepted message. What it says about people is sealed in body_sealed; keys are keyed pseudonyms.
create table signal (
    signal_id uuid primary key,
    partner_id text not null,
    discipline text not null,
    reference_key bytea not null,
    content_key bytea not null,
    category text not null,
    severity text not null,
    data_class text[] not null,
    superseded_id uuid references signal,
    household_id uuid,
    group_key text not null,
    trace_id text not null,
    span_id text not null,
    accepted_at timestamptz not null,
    worked_at timestamptz,
    superseded_at timestamptz,
    attempt_count int not null default 0,
    parked_at timestamptz,
    parked_reason text,
    requeue_count int not null default 0,
    requeue_at timestamptz,
    body_sealed bytea not null,
    unique (partner_id, reference_key)
);
create index signal_waiting on signal (accepted_at) where worked_at is null and parked_at is null;
create index signal_parked on signal (parked_at) where parked_at is not null;
create index signal_of_household on signal (household_id) where household_id is not null;
-- The signals that were worked in a quarter stand together: a few pages of index find them.
create index signal_worked on signal using brin (worked_at);
-- A code follows a correction.
create index signal_superseded_id on signal (superseded_id) where superseded_id is not null;
