-- What was done with a queue item: every step stays, its reason sealed.
create table queue_item_step (
    step_id uuid primary key,
    queue_item_id uuid not null references queue_item,
    kind text not null,
    user_id text not null,
    reason_sealed bytea,
    happened_at timestamptz not null
);
create index queue_item_step_item on queue_item_step (queue_item_id, happened_at);
