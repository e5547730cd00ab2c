-- What a line has in hand, so that what was in hand when a hub died is known when it comes again. A clean end leaves
-- nothing. Each start of a hub has an id of its own: what it takes again itself is no death. Unlogged: it outlives
-- the hub, and need not outlive the database server.
create unlogged table in_hand (
    queue text not null,
    item text not null,
    times integer not null,
    hub_start uuid not null,
    since timestamptz not null,
    primary key (queue, item)
);
