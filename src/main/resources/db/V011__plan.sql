-- One household, one plan.
create table plan (
    plan_id uuid primary key,
    household_id uuid not null references household,
    team_id text not null,
    state text not null,
    opened_at timestamptz not null
);
create unique index plan_one_active_per_household on plan (household_id) where state = 'ACTIVE';
