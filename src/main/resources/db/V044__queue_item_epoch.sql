-- In which life of its plan an item came: the pseudonym its recipient knows the plan by belongs to that life.
alter table queue_item add column plan_epoch int not null default 1;
create index queue_item_plan on queue_item (plan_id) where plan_id is not null;
