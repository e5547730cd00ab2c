-- The signals of a plan, each with the life of the plan it came in.
create table plan_signal (
    plan_id uuid not null references plan,
    signal_id uuid not null references signal,
    epoch int not null default 1,
    attached_at timestamptz not null,
    primary key (plan_id, signal_id)
);
create index plan_signal_attached on plan_signal (plan_id, attached_at);
