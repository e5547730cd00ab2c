-- The signal that showed it: who was never released that signal is not asked about it, nor told. Null for what was proposed
-- before; nobody is asked about that until it shows again.
alter table household_match add column signal_id uuid;
drop index household_match_waiting;
create index household_match_waiting_of on household_match (household_id) where decision is null;
create index household_match_waiting_of_other on household_match (other_household_id) where decision is null;
-- The plans of a household that was merged go along when what it was merged into is merged too.
create index household_change_from_plan on household_change (from_plan_id);
create index household_change_to_plan on household_change (to_plan_id);
-- Which standing steps went with the plan, and in which life of it they were, so that they can go back.
create table household_change_step (
    change_id uuid not null references household_change,
    escalation_id uuid not null references escalation,
    from_epoch int not null
);
create index household_change_step_change on household_change_step (change_id);
