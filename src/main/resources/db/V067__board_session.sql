-- Who is logged in to the board, so that a restart logs nobody out. The key is a keyed pseudonym of the cookie's
-- value, and the data is sealed: with this table alone nobody can take over a session.
create table board_session (
    session_key bytea primary key,
    data_sealed bytea not null,
    expires_at timestamptz not null
);
create index board_session_expires on board_session (expires_at);
