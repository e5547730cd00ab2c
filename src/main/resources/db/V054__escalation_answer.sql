-- What was answered to a step, by whoever it was told to: taken up, or declined and why, sealed. Append only.
create table escalation_answer (
    answer_id uuid primary key,
    escalation_id uuid not null references escalation,
    kind text not null check (kind in ('taken', 'declined')),
    answered_by text not null,
    reason_sealed bytea,
    answered_at timestamptz not null
);
create index escalation_answer_of_step on escalation_answer (escalation_id, answered_at, answer_id);
