-- The content of a quarantined message as it came, in pieces of at most a megabyte, each sealed by itself.
create table quarantine_part (
    quarantine_id uuid not null references quarantine on delete cascade,
    part_number integer not null,
    part_sealed bytea not null,
    primary key (quarantine_id, part_number)
);
