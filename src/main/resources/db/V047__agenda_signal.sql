-- The signals of an agenda item; none is ever taken off.
create table agenda_signal (
    agenda_item_id uuid not null references agenda_item,
    signal_id uuid not null references signal,
    primary key (signal_id, agenda_item_id)
);
