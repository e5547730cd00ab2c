-- What a batch counted of the signals of a plan, so that the next need not count them again. Without counts it is void. No
-- foreign key (docs/adr/004). Unlogged: what is lost with the database server is counted anew. A batch writes its rows again
-- and again: with room on their page, and no other index, that stays on the page.
create unlogged table plan_tally (
    plan_id uuid primary key,
    voids int not null,
    epoch int,
    counted_from timestamptz,
    counted_until timestamptz,
    counts bytea
) with (fillfactor = 70);
