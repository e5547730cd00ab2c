-- Addresses where people live who are no household: a care home, a shelter. A person marks them. The address is a
-- keyed pseudonym, because where a shelter stands is a secret; what ended stays.
create table collective_address (
    collective_address_id uuid primary key,
    alias_key bytea not null,
    reason_sealed bytea not null,
    marked_by text not null,
    marked_at timestamptz not null,
    end_reason_sealed bytea,
    ended_by text,
    ended_at timestamptz,
    check ((ended_at is null) = (ended_by is null and end_reason_sealed is null))
);
create unique index collective_address_now on collective_address (alias_key) where ended_at is null;
