-- What happened and whom it concerns has still to be looked at: told_at is null. What was before is history.
alter table escalation_event add column told_at timestamptz;
update escalation_event set told_at = happened_at;
create index escalation_event_untold on escalation_event (happened_at, event_id) where told_at is null;
alter table consultation add column told_at timestamptz;
update consultation set told_at = asked_at;
create index consultation_untold on consultation (asked_at, consultation_id) where told_at is null;
