-- Logboek Dataverwerkingen: one record per processing and person. Append only. Where somebody looked: in what
-- capacity, and what was done, as C, R, U, D or E of NEN 7513.
create table processing_log (
    processing_log_id uuid primary key,
    batch_id uuid,
    trace_id text not null,
    span_id text not null,
    status_code smallint not null,
    name text not null,
    start_time timestamptz not null,
    end_time timestamptz not null,
    processing_activity_id text not null,
    data_subject_id_sealed bytea,
    data_subject_id_type text,
    signal_id uuid,
    nen7513_user text,
    nen7513_role text,
    nen7513_action text
);
create index processing_log_looks on processing_log (signal_id) where nen7513_user is not null;
-- Batches are written in the order of their ids: a few pages of index find them.
create index processing_log_batch on processing_log using brin (batch_id) with (pages_per_range = 16);
