-- What goes to a plan's partners is about the plan and no signal.
alter table release alter column signal_id drop not null;
create index release_of_plan on release (household_id, team_id, discipline, decided_at) where signal_id is null;
