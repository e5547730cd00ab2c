-- The people sharing an address or a life. Its address is sealed: the one it was first known by, so that a signal
-- about somebody of it that names no address has its place.
create table household (
    household_id uuid primary key,
    created_at timestamptz not null,
    address_sealed bytea,
    -- the team that took it over; null for the team of its place
    team_id text,
    -- the one it became part of; null for one that stands by itself
    merged_into_id uuid references household,
    -- it shares lineage, or somebody, with others: what people of those said counts for it too
    linked boolean not null default false,
    -- tells whoever looked it up before it was locked that it changed meanwhile
    change_count int not null default 0
);
create index household_merged_into on household (merged_into_id) where merged_into_id is not null;
