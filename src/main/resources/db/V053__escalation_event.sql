-- Every change of a step, in order. Append only but for told_at, which is null while whoever listens has still to be
-- told; without a user it was the hub itself.
create table escalation_event (
    event_id uuid primary key,
    escalation_id uuid not null references escalation,
    kind text not null,
    user_id text,
    happened_at timestamptz not null,
    told_at timestamptz
);
create index escalation_event_of_step on escalation_event (escalation_id, happened_at, event_id);
create index escalation_event_untold on escalation_event (happened_at, event_id) where told_at is null;
