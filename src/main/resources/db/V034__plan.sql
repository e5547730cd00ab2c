-- One household, one plan: proposed → active → dormant → closed, and back. Nobody but a coordinator keeps one going.
-- epoch counts its lives: the pseudonym under which a recipient knows it changes when it closes.
create table plan (
    plan_id uuid primary key,
    household_id uuid not null references household,
    team_id text not null,
    state text not null,
    epoch int not null default 1,
    coordinator_kind text,
    coordinator_user text,
    coordinator_reason_sealed bytea,
    coordinator_review_on date,
    agreed_on date,
    strengths_sealed bytea,
    outcome text,
    opened_at timestamptz not null,
    closed_at timestamptz,
    merged_into_id uuid references plan,
    constraint plan_state check (state in ('PROPOSED', 'ACTIVE', 'DORMANT', 'CLOSED')),
    constraint plan_has_one_coordinator check (
        (coordinator_kind is null and state in ('PROPOSED', 'CLOSED') and coordinator_user is null)
        or (coordinator_kind = 'USER' and coordinator_user is not null and coordinator_review_on is null)
        or (coordinator_kind = 'HOUSEHOLD' and coordinator_user is not null and coordinator_reason_sealed is not null
            and coordinator_review_on is not null)),
    constraint plan_ends_in_an_outcome check ((state = 'CLOSED') = (outcome is not null and closed_at is not null))
);
create unique index plan_one_open_per_household on plan (household_id) where state <> 'CLOSED';
-- What was recalled is found by its household: in plans that were closed too.
create index plan_of_household on plan (household_id);
create index plan_of_team on plan (team_id, state);
create index plan_merged_into on plan (merged_into_id) where merged_into_id is not null;
create index plan_open on plan (state, opened_at) where state <> 'CLOSED';
