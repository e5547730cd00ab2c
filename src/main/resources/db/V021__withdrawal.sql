-- Signals of which nothing stands any more.
create table withdrawal (
    signal_id uuid primary key references signal,
    reason text not null,
    withdrawn_at timestamptz not null
);
