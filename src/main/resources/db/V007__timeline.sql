-- What each stage did with each signal. Append only.
create table timeline (
    timeline_id bigint generated always as identity primary key,
    signal_id uuid not null,
    stage text not null,
    outcome text not null,
    passed_at timestamptz not null
);
create index timeline_signal on timeline (signal_id);
