-- Who broke the glass, for whom and why: reason and interest are sealed. The review is written once.
create table break_glass (
    break_glass_id uuid primary key,
    user_id text not null,
    team_id text not null,
    discipline text not null,
    household_id uuid,
    signal_count int not null,
    reason_sealed bytea not null,
    used_at timestamptz not null,
    reviewed_at timestamptz,
    reviewed_by text,
    outcome text
);
create index signal_of_household on signal (household_id) where household_id is not null;
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
