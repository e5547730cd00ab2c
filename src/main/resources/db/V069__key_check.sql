-- One value under the keys that everything here is sealed and found with: a hub with other keys finds out before it
-- seals.
create table key_check (
    key_check_id smallint primary key check (key_check_id = 1),
    value_sealed bytea not null,
    value_key bytea not null
);
