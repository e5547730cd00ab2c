-- What a person changed about households: two that became one, somebody who moved, one that became two. Each can be
-- undone: how a plan stood that was closed by it, and the team that it gave a household, are kept with it.
create table household_change (
    change_id uuid primary key,
    change_no bigint generated always as identity,
    kind text not null check (kind in ('MERGE', 'MOVE', 'SPLIT')),
    from_household_id uuid not null references household,
    to_household_id uuid not null references household,
    match_id uuid references household_match,
    from_plan_id uuid not null references plan,
    to_plan_id uuid not null references plan,
    former_state text,
    former_epoch int,
    former_outcome text,
    former_closed_at timestamptz,
    team_given boolean not null default false,
    reason_sealed bytea not null,
    changed_by text not null,
    changed_at timestamptz not null,
    undo_reason_sealed bytea,
    undone_by text,
    undone_at timestamptz,
    check (from_household_id <> to_household_id),
    check ((kind = 'MERGE') = (former_state is not null and former_epoch is not null)),
    check ((undone_at is null) = (undo_reason_sealed is null and undone_by is null))
);
create index household_change_from on household_change (from_household_id);
create index household_change_to on household_change (to_household_id);
create index household_change_match on household_change (match_id) where match_id is not null;
-- The plans of a household that was merged go along when what it was merged into is merged too.
create index household_change_from_plan on household_change (from_plan_id);
create index household_change_to_plan on household_change (to_plan_id);
