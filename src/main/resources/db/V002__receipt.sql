-- Who reported something about an area finds by a code how far it is. The code itself stands nowhere: this is its
-- keyed pseudonym. A signal about a household has none.
create table receipt (
    signal_id uuid primary key references signal,
    code_key bytea not null unique,
    expires_at timestamptz not null
);
