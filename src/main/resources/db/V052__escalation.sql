-- A step up the ladder, as one recipient sees it. It has a life: something else may be tried first, it is taken up,
-- declined, or closed for a reason. One step stands per plan, recipient and level. surfaced_at: everybody outside who
-- was told declined, so it asks for attention before its time. Readers of the feed resume below the oldest open
-- transaction.
create table escalation (
    escalation_id uuid primary key,
    plan_id uuid not null references plan,
    epoch int not null default 1,
    team_id text not null,
    discipline text not null,
    level int not null,
    rule_id text not null,
    signal_id uuid not null references signal,
    state text not null,
    raised_at timestamptz not null,
    due_at timestamptz not null,
    tried_until timestamptz,
    held_at timestamptz not null,
    again_at timestamptz,
    surfaced_at timestamptz,
    ended_at timestamptz,
    ended_reason text,
    transaction_id xid8 not null default pg_current_xact_id(),
    constraint escalation_state check (state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN', 'DECLINED', 'CLOSED')),
    constraint escalation_tries_for_a_time check (state not in ('MEDIATION', 'CONSULT') or tried_until is not null),
    constraint escalation_ends check ((state in ('DECLINED', 'CLOSED')) = (ended_at is not null)),
    constraint escalation_closes_for_a_reason check ((state = 'CLOSED') = (ended_reason is not null))
);
create unique index escalation_one_standing on escalation (plan_id, team_id, discipline, level)
    where state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN');
create index escalation_of_plan on escalation (plan_id);
create index escalation_of_pair on escalation (team_id, discipline, transaction_id, escalation_id);
create index escalation_open on escalation (due_at) where state = 'OPEN';
