-- A message that left is not kept: its queue item tells that it was assigned. To mark it as sent was to write it, and its
-- place in the index, a second time.
create temporary table unsent on commit drop as select * from delivery where sent_at is null;
truncate delivery;
insert into delivery select * from unsent;
drop index delivery_unsent;
alter table delivery drop column sent_at;
create index delivery_unsent on delivery (created_at) where void_at is null;
