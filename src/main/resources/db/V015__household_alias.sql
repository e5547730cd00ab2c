-- Keyed pseudonyms by which a household is found again: ADDRESS, BAG, PERSON or SIGNAL.
create table household_alias (
    alias_key bytea primary key,
    kind text not null,
    household_id uuid not null references household deferrable initially deferred,
    learned_at timestamptz not null
);
create index household_alias_household on household_alias (household_id);
