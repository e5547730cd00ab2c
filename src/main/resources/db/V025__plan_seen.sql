-- What each recipient may know of a signal of a plan, as team|discipline|sender; the sender is left out where it does not
-- pass. Written with the decision and taken back with it: stage 60 counts without reading releases again.
alter table plan_signal add column seen text[] not null default '{}';
update plan_signal ps set seen = coalesce((
    select array_agg(r.team_id || '|' || r.discipline || '|' ||
        case when jsonb_exists(r.decision -> 'fields', 'senderDiscipline') then s.discipline else '' end)
    from release r join signal s on s.signal_id = r.signal_id
    where r.signal_id = ps.signal_id and r.disclosure <> 'NONE'
        and not exists (select 1 from withdrawal w where w.signal_id = r.signal_id)), '{}');
