-- Authorization Decision Log: exactly one record per decision. Append only. It is written at every decision and read
-- by one: as text a response is stored without being taken apart. One that is not there is the decision of the
-- release itself.
create table decision_log (
    decision_id uuid primary key,
    release_id uuid not null,
    facts_id uuid not null,
    batch_id uuid,
    evaluation text not null,
    trace_id text not null,
    span_id text not null,
    decided_at timestamptz not null,
    response text,
    policy text not null
);
create index decision_log_release on decision_log (release_id);
-- Batches are written in the order of their ids: a few pages of index find them.
create index decision_log_batch on decision_log using brin (batch_id) with (pages_per_range = 16);
