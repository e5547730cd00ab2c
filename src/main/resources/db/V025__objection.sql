-- Who objects to the sharing of what whom says: the reason and its weighing are sealed. The weighing is written once.
create table objection (
    objection_id uuid primary key,
    senders text[] not null,
    reason_sealed bytea not null,
    raised_by text not null,
    raised_at timestamptz not null,
    due_at timestamptz not null,
    outcome text,
    weighing_sealed bytea,
    decided_by text,
    decided_at timestamptz
);
