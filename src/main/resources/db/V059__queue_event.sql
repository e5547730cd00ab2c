-- Every change of a queue item. A reader goes by (transaction_id, queue_event_id) and stays below the oldest open
-- transaction: nothing that is committed late is skipped.
create table queue_event (
    queue_event_id bigint generated always as identity primary key,
    transaction_id xid8 not null default pg_current_xact_id(),
    event_id uuid not null unique default gen_random_uuid(),
    queue_item_id uuid not null,
    team_id text not null,
    discipline text not null,
    kind text not null,
    happened_at timestamptz not null
);
create index queue_event_order on queue_event (transaction_id, queue_event_id);
