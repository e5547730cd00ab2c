-- A question to the care professional of a team, without a name. Advice is a code; whom to call is sealed. told_at is
-- null while whoever listens has still to be told of it.
create table consultation (
    consultation_id uuid primary key,
    signal_id uuid not null references signal,
    household_id uuid,
    team_id text not null,
    -- null where only a hold asks
    asked_by text,
    -- whether the coordinator's seat is among who asked
    is_of_seat boolean not null default false,
    asked_at timestamptz not null,
    due_at timestamptz not null,
    told_at timestamptz,
    advice text,
    contact_sealed bytea,
    answered_by text,
    answered_at timestamptz,
    -- when it turned out that it may not be asked any more
    closed_at timestamptz
);
create unique index consultation_one on consultation (signal_id, team_id);
create index consultation_open on consultation (team_id, due_at) where answered_at is null;
create index consultation_untold on consultation (asked_at, consultation_id) where told_at is null;
