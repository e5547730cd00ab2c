-- What each recipient may know of a signal of an agenda item, and since when; what does not pass is null. A signal
-- that is released anew has another row. Taken back with the release.
create table agenda_signal_seen (
    agenda_item_id uuid not null,
    signal_id uuid not null,
    team_id text not null,
    discipline text not null,
    sender text,
    impact int,
    known_to_police boolean,
    since_at timestamptz not null,
    primary key (agenda_item_id, signal_id, team_id, discipline, since_at),
    foreign key (signal_id, agenda_item_id) references agenda_signal
);
