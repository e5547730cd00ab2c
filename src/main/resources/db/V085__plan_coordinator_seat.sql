-- Which seat of the team a plan is coordinated from; null where nobody coordinates it, and in what was written before, when
-- it was the municipality's alone.
alter table plan add column coordinator_seat text;
alter table plan add constraint plan_seat_has_a_coordinator check (coordinator_seat is null or coordinator_kind is not null);
-- A seat of welfare or community work that coordinates asks care itself, and hears itself what is answered: asked_seat is
-- null where none did. While nobody else asks the same, the question rests on the rule for such a seat.
alter table consultation add column asked_seat text;
alter table consultation add column of_welfare_alone boolean not null default false;
