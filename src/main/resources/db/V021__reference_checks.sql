-- What a batch writes together refers to itself: a release to the signal it decides, a queue item to its release, signal
-- and plan. Checking each again cost 19 look-ups and row locks a signal (docs/adr/004).
alter table release drop constraint release_signal_id_fkey;
alter table release drop constraint release_household_id_fkey;
alter table queue_item drop constraint queue_item_release_id_fkey;
alter table queue_item drop constraint queue_item_signal_id_fkey;
alter table queue_item drop constraint queue_item_plan_id_fkey;
