-- The people sharing an address or a life. Its address is sealed in the signals that brought it.
create table household (
    household_id uuid primary key,
    created_at timestamptz not null
);
