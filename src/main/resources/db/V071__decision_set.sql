-- Authorization Decision Log: what was decided on one set of facts, for all its recipients in one row, denials among them.
-- Append only. It takes the place of decision_log and decision_facts, whose rows stay readable. The arrays run along with
-- each other; responses is null where each answer is the decision of its release.
create table decision_set (
    decision_set_id uuid primary key,
    batch_id uuid not null,
    evaluation text not null,
    trace_id text not null,
    decided_at timestamptz not null,
    policy text not null,
    facts text not null,
    release_ids uuid[] not null,
    span_ids text[] not null,
    responses json
);
-- Batches are written in the order of their ids: a few pages of index find them.
create index decision_set_batch on decision_set using brin (batch_id) with (pages_per_range = 16, autosummarize = on);

-- On which facts a release was decided; null for one whose facts stand in decision_log.
alter table release add column decision_set_id uuid;
