-- Addresses that were found in the registers of two partners, and whom the municipality confirmed. A row stays when
-- one of them leaves: whether two hold the address is always asked of housing_unit.
create table unit_conflict (
    conflict_id uuid primary key,
    address_key bytea not null unique,
    partner_id text,
    confirmed_by text,
    confirmed_at timestamptz,
    check ((partner_id is null) = (confirmed_at is null) and (partner_id is null) = (confirmed_by is null))
);
