-- What a sender is to hear of its own signal: an outbox, each kind once. Void is what may not be told any more; it
-- never goes.
create table feedback (
    feedback_id uuid primary key default gen_random_uuid(),
    signal_id uuid not null references signal,
    partner_id text not null,
    kind text not null check (kind in ('taken-up', 'closed')),
    happened_at timestamptz not null,
    told_at timestamptz,
    void_at timestamptz,
    unique (signal_id, kind),
    check (told_at is null or void_at is null)
);
create index feedback_untold on feedback (happened_at, feedback_id) where told_at is null and void_at is null;
