-- Logboek Dataverwerkingen: one record per processing and person. Append only.
create table processing_log (
    processing_log_id uuid primary key,
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
    nen7513_user text
);
