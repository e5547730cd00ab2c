-- When time was last asked about the steps of a plan.
create table escalation_look (
    plan_id uuid primary key references plan,
    looked_at timestamptz not null
);
