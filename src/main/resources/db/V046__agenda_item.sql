-- What a neighbourhood has to talk about: one open item per area and category. area is a BU code; of a place in words
-- the team that is drawn for it, the place itself sealed and found by its keyed pseudonym.
create table agenda_item (
    agenda_item_id uuid primary key,
    area text not null,
    place_key text not null default '',
    place_sealed bytea,
    category text not null,
    state text not null check (state in ('RAISED', 'ON_AGENDA', 'PICKED_UP', 'DONE', 'DECLINED')),
    opened_at timestamptz not null,
    closed_at timestamptz,
    linked_id uuid references agenda_item,
    linked_at timestamptz,
    check ((state in ('DONE', 'DECLINED')) = (closed_at is not null)),
    check ((place_key = '') = (place_sealed is null)),
    check ((linked_id is null) = (linked_at is null)),
    check (linked_id <> agenda_item_id)
);
create unique index agenda_item_one_open on agenda_item (area, place_key, category) where closed_at is null;
create index agenda_item_area on agenda_item (area text_pattern_ops);
create index agenda_item_linked on agenda_item (linked_id) where linked_id is not null;
