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
-- Everybody outside who was told declined: it asks for attention before its time. Readers of the feed resume below the
-- oldest open transaction.
alter table escalation
    add column surfaced_at timestamptz,
    add column transaction_id xid8 not null default pg_current_xact_id();
create index escalation_of_pair on escalation (team_id, discipline, transaction_id, escalation_id);
create index escalation_open on escalation (due_at) where state = 'OPEN';
-- What asks for attention asks one pair for it: what others see is theirs.
alter table attention add column discipline text not null default 'MUNICIPALITY';
