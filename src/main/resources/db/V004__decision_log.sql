-- Authorization Decision Log: exactly one record per decision. Append only.
create table decision_log (
    decision_id uuid primary key,
    release_id uuid not null,
    evaluation text not null,
    trace_id text not null,
    span_id text not null,
    decided_at timestamptz not null,
    request jsonb not null,
    response jsonb not null,
    policy text not null
);
create index decision_log_release on decision_log (release_id);
