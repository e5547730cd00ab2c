-- The two logs are sealed: each write leaves a digest of its records, and a chain (audit_seal) runs over the digests.
create table audit_batch (
    batch_id uuid primary key,
    log text not null,
    record_count int not null,
    digest bytea not null,
    transaction_id xid8 not null default pg_current_xact_id()
);
create index audit_batch_transaction on audit_batch (transaction_id);
