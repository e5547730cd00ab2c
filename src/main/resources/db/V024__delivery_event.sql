-- What has gone is on its queue: its event is kept no longer than it takes to send it.
alter table delivery alter column event drop not null;
