-- Every step of a plan, in order. Append only; what was said in words is sealed.
create table plan_event (
    event_id uuid primary key,
    plan_id uuid not null references plan,
    epoch int not null,
    kind text not null,
    part_id uuid,
    user_id text,
    happened_at timestamptz not null,
    detail_sealed bytea
);
create index plan_event_plan on plan_event (plan_id, happened_at, event_id);
