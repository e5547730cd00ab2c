-- The chain over the digests of what was logged.
create table audit_seal (
    seal_no bigint primary key,
    until_transaction xid8 not null,
    batch_count int not null,
    chain bytea not null,
    sealed_at timestamptz not null
);
