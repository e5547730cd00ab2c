-- What was recalled is found by its household: in plans that were closed too.
create index plan_of_household on plan (household_id);
