-- One decision for one signal and one recipient, denials included. Append only. What goes to a plan's partners is
-- about the plan and no signal; not every recipient is a discipline in a team as such. The batch that writes it made
-- or holds what it refers to: no foreign key checks that again (docs/adr/004).
create table release (
    release_id uuid primary key,
    signal_id uuid,
    household_id uuid,
    kind text not null default 'TEAM',
    team_id text not null,
    discipline text not null,
    disclosure text not null,
    rule_id text not null,
    ground text not null,
    policy_version text not null,
    -- as text, so that the digest of a logged decision that has its words from here stays what it was
    decision json not null,
    decided_at timestamptz not null,
    on_consent boolean not null default false
);
create index release_signal on release (signal_id, team_id, discipline);
-- What rests on consent is found again when somebody takes consent back.
create index release_on_consent on release (household_id) where on_consent;
create index release_of_plan on release (household_id, team_id, discipline, decided_at) where signal_id is null;
