-- A person within one household, by keyed pseudonym. Names stand in the sealed signals alone.
create table person (
    person_id uuid primary key,
    household_id uuid not null references household,
    person_key bytea not null,
    unique (household_id, person_key)
);
create index person_by_key on person (person_key);
