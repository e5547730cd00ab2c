-- What the stages did with a signal in one transaction, in one row: the arrays run along with each other. Append only. Rows of
-- timeline are older.
create table timeline_step (
    step_id bigint generated always as identity,
    signal_id uuid not null,
    stages text[] not null,
    outcomes text[] not null,
    passed_at timestamptz[] not null
);
create index timeline_step_signal on timeline_step (signal_id);
