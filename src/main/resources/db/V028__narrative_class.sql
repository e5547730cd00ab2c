-- Which classes of data a person found in the narrative of a signal. Append only; the last reading counts.
create table narrative_class (
    narrative_class_id uuid primary key,
    signal_id uuid not null references signal,
    data_class text[] not null,
    classified_by text not null,
    classified_at timestamptz not null
);
create index narrative_class_signal on narrative_class (signal_id, classified_at);
