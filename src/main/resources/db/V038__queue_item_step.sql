-- Who has an item in hand, and what was done with it: every step stays, its reason sealed.
alter table queue_item add column taken_by text, add column taken_at timestamptz;
create index queue_item_taken on queue_item (team_id, discipline, taken_by) where state = 'TAKEN_UP';
create table queue_item_step (
    step_id uuid primary key,
    queue_item_id uuid not null references queue_item,
    kind text not null,
    user_id text not null,
    reason_sealed bytea,
    happened_at timestamptz not null
);
create index queue_item_step_item on queue_item_step (queue_item_id, happened_at);
-- Somebody asks by hand, too.
alter table consultation add column asked_by text;
