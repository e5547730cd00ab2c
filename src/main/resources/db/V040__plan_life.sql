-- The life of a plan: proposed → active → dormant → closed, and back. Nobody but a coordinator keeps one going.
-- epoch counts its lives: the pseudonym under which a recipient knows it changes when it closes.
alter table plan
    add column epoch int not null default 1,
    add column coordinator_kind text,
    add column coordinator_user text,
    add column coordinator_reason_sealed bytea,
    add column coordinator_review_on date,
    add column agreed_on date,
    add column strengths_sealed bytea,
    add column outcome text,
    add column closed_at timestamptz,
    add column merged_into_id uuid references plan;
update plan set state = 'PROPOSED' where state = 'ACTIVE';
drop index plan_one_active_per_household;
create unique index plan_one_open_per_household on plan (household_id) where state <> 'CLOSED';
create index plan_of_team on plan (team_id, state);
create index plan_merged_into on plan (merged_into_id) where merged_into_id is not null;
alter table plan
    add constraint plan_state check (state in ('PROPOSED', 'ACTIVE', 'DORMANT', 'CLOSED')),
    add constraint plan_has_one_coordinator check (
        (coordinator_kind is null and state in ('PROPOSED', 'CLOSED') and coordinator_user is null)
        or (coordinator_kind = 'USER' and coordinator_user is not null and coordinator_review_on is null)
        or (coordinator_kind = 'HOUSEHOLD' and coordinator_user is not null and coordinator_reason_sealed is not null
            and coordinator_review_on is not null)),
    add constraint plan_ends_in_an_outcome check ((state = 'CLOSED') = (outcome is not null and closed_at is not null));
-- In which life of the plan a signal came.
alter table plan_signal add column epoch int not null default 1;
