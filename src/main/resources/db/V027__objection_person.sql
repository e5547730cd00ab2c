-- Whom an objection is about, by keyed pseudonym: its person in whatever household.
create table objection_person (
    objection_id uuid not null references objection,
    person_key bytea not null,
    primary key (objection_id, person_key)
);
