-- One decision for one signal and one recipient, denials included. Append only.
create table release (
    release_id uuid primary key,
    signal_id uuid not null references signal,
    household_id uuid references household,
    team_id text not null,
    discipline text not null,
    disclosure text not null,
    rule_id text not null,
    ground text not null,
    policy_version text not null,
    decision jsonb not null,
    decided_at timestamptz not null
);
create index release_signal on release (signal_id, team_id, discipline);
