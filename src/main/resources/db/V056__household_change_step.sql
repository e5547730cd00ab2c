-- Which standing steps went with the plan of a household that changed, and in which life of it they were, so that
-- they can go back.
create table household_change_step (
    change_id uuid not null references household_change,
    escalation_id uuid not null references escalation,
    from_epoch int not null
);
create index household_change_step_change on household_change_step (change_id);
