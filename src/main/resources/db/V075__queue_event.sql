-- A reader goes by transaction and number, or by the id it was told: nobody looks for a number alone.
alter table queue_event drop constraint queue_event_pkey;
