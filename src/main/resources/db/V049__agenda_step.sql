-- Every step of an agenda item: a status, a link, a link undone. Append only; the reason sealed.
create table agenda_step (
    agenda_step_id uuid primary key,
    agenda_item_id uuid not null references agenda_item,
    kind text not null,
    other_id uuid,
    user_id text not null,
    reason_sealed bytea,
    happened_at timestamptz not null
);
create index agenda_step_item on agenda_step (agenda_item_id, happened_at);
