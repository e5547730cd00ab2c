-- One signal waiting for one (team, discipline) pair, and who has it in hand. The truth; the broker queue is its
-- courier. plan_epoch is the life of its plan in which it came: the pseudonym its recipient knows the plan by belongs
-- to that life. The batch that writes it made or holds what it refers to: no foreign key checks that again
-- (docs/adr/004).
create table queue_item (
    queue_item_id uuid primary key,
    team_id text not null,
    discipline text not null,
    release_id uuid not null,
    signal_id uuid not null,
    plan_id uuid,
    plan_epoch int not null default 1,
    state text not null,
    priority text not null,
    created_at timestamptz not null,
    due_at timestamptz not null,
    taken_by text,
    taken_at timestamptz
);
create index queue_item_due on queue_item (team_id, discipline, due_at, queue_item_id);
create index queue_item_created on queue_item (team_id, discipline, queue_item_id);
create index queue_item_release on queue_item (release_id);
create index queue_item_taken on queue_item (team_id, discipline, taken_by) where state = 'TAKEN_UP';
create index queue_item_plan on queue_item (plan_id) where plan_id is not null;
