-- What a household wants to reach on one life domain, in its own words or a professional's.
create table plan_goal (
    goal_id uuid primary key,
    plan_id uuid not null references plan,
    life_domain text not null,
    text_sealed bytea not null,
    written_by text not null check (written_by in ('RESIDENT', 'PROFESSIONAL')),
    state text not null check (state in ('OPEN', 'REACHED', 'DROPPED')),
    reason_sealed bytea,
    made_at timestamptz not null,
    ended_at timestamptz,
    check ((state = 'OPEN') = (ended_at is null)),
    check (state <> 'DROPPED' or reason_sealed is not null)
);
create index plan_goal_plan on plan_goal (plan_id);
