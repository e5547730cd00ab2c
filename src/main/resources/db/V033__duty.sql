-- What is owed to citizens: one open duty per household and kind.
create table duty (
    duty_id uuid primary key,
    household_id uuid not null,
    kind text not null,
    signal_id uuid,
    state text not null default 'OPEN',
    owed_at timestamptz not null,
    due_at timestamptz not null,
    reason_sealed bytea,
    decided_at timestamptz,
    decided_by text
);
create unique index duty_one_open on duty (household_id, kind) where state = 'OPEN';
create index duty_due on duty (due_at) where state in ('OPEN', 'DEFERRED');
