-- What each recipient may know of a signal of a plan: the sender where it passes, and how many children it may see.
-- Written with the decision and taken back with it, so that stage 60 counts without reading releases again. It is
-- written by the batch that wrote its plan_signal: no foreign key checks that again (docs/adr/004).
create table plan_signal_seen (
    plan_id uuid not null,
    signal_id uuid not null,
    team_id text not null,
    discipline text not null,
    sender text,
    child_count int not null,
    primary key (plan_id, signal_id, team_id, discipline)
);
