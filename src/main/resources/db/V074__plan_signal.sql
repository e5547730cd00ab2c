-- Stage 60 counts what each recipient may know of a plan in one table: the life of the plan and the moment it joined stand
-- with it. The batch that writes plan_signal made or holds what it refers to (docs/adr/004).
alter table plan_signal_seen add column epoch int, add column attached_at timestamptz;
update plan_signal_seen v set epoch = ps.epoch, attached_at = ps.attached_at
    from plan_signal ps where ps.plan_id = v.plan_id and ps.signal_id = v.signal_id;
alter table plan_signal_seen alter column epoch set not null, alter column attached_at set not null;
alter table plan_signal drop constraint plan_signal_plan_id_fkey, drop constraint plan_signal_signal_id_fkey;
