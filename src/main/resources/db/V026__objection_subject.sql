-- Under which keyed pseudonyms an objection is found.
create table objection_subject (
    objection_id uuid not null references objection,
    subject_key bytea not null,
    primary key (subject_key, objection_id)
);
