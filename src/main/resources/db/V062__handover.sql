-- A plan on its way to another team: open until that team takes it up. One at a time.
create table handover (
    handover_id uuid primary key,
    plan_id uuid not null references plan,
    from_team_id text not null,
    to_team_id text not null,
    reason_sealed bytea not null,
    asked_by text not null,
    asked_at timestamptz not null,
    due_at timestamptz not null,
    reminded_at timestamptz,
    state text not null check (state in ('OPEN', 'ACCEPTED', 'REFUSED', 'WITHDRAWN')),
    answered_by text,
    answered_at timestamptz,
    answer_sealed bytea,
    check ((state = 'OPEN') = (answered_at is null))
);
create unique index handover_one_open on handover (plan_id) where state = 'OPEN';
create index handover_to on handover (to_team_id, state);
create index handover_from on handover (from_team_id, state);
