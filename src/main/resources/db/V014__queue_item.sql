-- One signal waiting for one (team, discipline) pair. The truth; the broker queue is its courier.
create table queue_item (
    queue_item_id uuid primary key,
    team_id text not null,
    discipline text not null,
    release_id uuid not null references release,
    signal_id uuid not null references signal,
    plan_id uuid references plan,
    state text not null,
    priority text not null,
    created_at timestamptz not null,
    due_at timestamptz not null
);
create index queue_item_due on queue_item (team_id, discipline, due_at, queue_item_id);
create index queue_item_created on queue_item (team_id, discipline, queue_item_id);
create index queue_item_release on queue_item (release_id);
