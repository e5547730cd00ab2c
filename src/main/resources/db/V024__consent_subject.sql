-- Under which keyed pseudonyms a consent is found.
create table consent_subject (
    consent_id uuid not null references consent,
    subject_key bytea not null,
    primary key (subject_key, consent_id)
);
