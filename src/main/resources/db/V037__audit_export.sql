-- In what capacity somebody looked, and what was done: C, R, U, D or E of NEN 7513.
alter table processing_log add column nen7513_role text, add column nen7513_action text;
create index processing_log_looks on processing_log (signal_id) where nen7513_user is not null;
-- Batches are written in the order of their ids: a few pages of index find them.
create index processing_log_batch on processing_log using brin (batch_id) with (pages_per_range = 16);
create index decision_log_batch on decision_log using brin (batch_id) with (pages_per_range = 16);
-- How far the logs went out: one row, none before the first time.
create table audit_export (
    until_transaction xid8 not null,
    until_batch uuid not null
);
