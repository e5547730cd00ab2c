-- A release that does not stand any more: its signal was superseded, or the consent it rested on is gone. Append
-- only.
create table recall (
    release_id uuid primary key,
    reason text not null,
    recalled_at timestamptz not null
);
