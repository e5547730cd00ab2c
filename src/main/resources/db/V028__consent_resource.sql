-- A consent as a resource: one id for all its versions.
alter table consent add column logical_id uuid, add column version int not null default 1;
update consent c set
    logical_id = (
        select first.consent_id from consent first
        where first.partner_id = c.partner_id and first.reference_key = c.reference_key
        order by first.accepted_at, first.consent_id limit 1),
    version = (
        select count(*) from consent earlier
        where earlier.partner_id = c.partner_id and earlier.reference_key = c.reference_key
            and (earlier.accepted_at, earlier.consent_id) <= (c.accepted_at, c.consent_id));
alter table consent alter column logical_id set not null;
create index consent_by_logical_id on consent (logical_id);
