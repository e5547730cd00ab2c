-- A question to the care professional of a team, without a name. Advice is a code; whom to call is sealed.
create table consultation (
    consultation_id uuid primary key,
    signal_id uuid not null references signal,
    household_id uuid,
    team_id text not null,
    asked_at timestamptz not null,
    due_at timestamptz not null,
    advice text,
    contact_sealed bytea,
    answered_by text,
    answered_at timestamptz
);
create unique index consultation_one on consultation (signal_id, team_id);
create index consultation_open on consultation (team_id, due_at) where answered_at is null;
-- Not every recipient of a release is a discipline in a team as such.
alter table release add column kind text not null default 'TEAM';
