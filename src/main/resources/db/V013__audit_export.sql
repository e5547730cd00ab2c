-- How far the logs went out: one row, none before the first time.
create table audit_export (
    until_transaction xid8 not null,
    until_batch uuid not null
);
