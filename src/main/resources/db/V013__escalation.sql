-- A step up the ladder, as one recipient sees it. One open step per plan, recipient and level.
create table escalation (
    escalation_id uuid primary key,
    plan_id uuid not null references plan,
    team_id text not null,
    discipline text not null,
    level int not null,
    rule_id text not null,
    signal_id uuid not null references signal,
    state text not null,
    raised_at timestamptz not null,
    due_at timestamptz not null
);
create unique index escalation_one_open on escalation (plan_id, team_id, discipline, level) where state = 'OPEN';
