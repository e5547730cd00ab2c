-- Every change of a step, in order. Append only; without a user it was the hub itself.
create table escalation_event (
    event_id uuid primary key,
    escalation_id uuid not null references escalation,
    kind text not null,
    user_id text,
    happened_at timestamptz not null
);
create index escalation_event_of_step on escalation_event (escalation_id, happened_at, event_id);
insert into escalation_event (event_id, escalation_id, kind, happened_at)
select gen_random_uuid(), escalation_id, 'opened', raised_at from escalation;
