-- A step has a life: something else may be tried first, it is taken up, declined, or closed for a reason.
alter table escalation
    add column epoch int not null default 1,
    add column tried_until timestamptz,
    add column held_at timestamptz,
    add column again_at timestamptz,
    add column ended_at timestamptz,
    add column ended_reason text;
update escalation set held_at = raised_at;
alter table escalation alter column held_at set not null;
drop index escalation_one_open;
create unique index escalation_one_standing on escalation (plan_id, team_id, discipline, level)
    where state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN');
create index escalation_of_plan on escalation (plan_id);
alter table escalation
    add constraint escalation_state check (state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN', 'DECLINED', 'CLOSED')),
    add constraint escalation_tries_for_a_time check (state not in ('MEDIATION', 'CONSULT') or tried_until is not null),
    add constraint escalation_ends check ((state in ('DECLINED', 'CLOSED')) = (ended_at is not null)),
    add constraint escalation_closes_for_a_reason check ((state = 'CLOSED') = (ended_reason is not null));
-- When time was last asked about the steps of a plan.
create table escalation_look (
    plan_id uuid primary key references plan,
    looked_at timestamptz not null
);
