-- A unit is found by its address too, under the keyed pseudonym by which a household is matched. Rows of before get
-- theirs when a hub starts, which alone can open an address.
alter table housing_unit
    add column address_key bytea,
    add column held_since timestamptz,
    add column compared boolean not null default false;
create index housing_unit_address on housing_unit (address_key, partner_id);
create index housing_unit_unkeyed on housing_unit (housing_unit_id) where address_key is null;
create index housing_unit_fresh on housing_unit (housing_unit_id) where not compared;

-- How many units each partner has: whoever puts one holds the row, so that two cannot both take the last place.
create table housing_register (
    partner_id text primary key,
    units integer not null
);
insert into housing_register (partner_id, units) select partner_id, count(*) from housing_unit group by partner_id;
