-- The two logs are sealed: each write leaves a digest of its records, and a chain runs over the digests.
alter table decision_log add column batch_id uuid;
alter table processing_log add column batch_id uuid;
-- A record without a response has that of its release: as text, so that its digest stays what it was.
alter table release alter column decision type json using decision::json;
create table audit_batch (
    batch_id uuid primary key,
    log text not null,
    record_count int not null,
    digest bytea not null,
    transaction_id xid8 not null default pg_current_xact_id()
);
create index audit_batch_transaction on audit_batch (transaction_id);
create table audit_seal (
    seal_no bigint primary key,
    until_transaction xid8 not null,
    batch_count int not null,
    chain bytea not null,
    sealed_at timestamptz not null
);
