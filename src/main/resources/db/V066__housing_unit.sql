-- The unit register of a housing corporation: its own unit id → an address, sealed.
create table housing_unit (
    housing_unit_id uuid primary key,
    partner_id text not null,
    unit_key bytea not null,
    address_sealed bytea not null,
    updated_at timestamptz not null,
    unique (partner_id, unit_key)
);
