-- A recipient is a seat of a team: a discipline, and of the seats after the first of a discipline the organisation too, as
-- HOUSING/corporatie-twee. What was written before keeps its name: it was of the first.
drop view decided_release;
alter table release rename column discipline to seat;
alter table hold rename column discipline to seat;
alter table break_glass rename column discipline to seat;
alter table plan_signal_seen rename column discipline to seat;
alter table plan_participant rename column discipline to seat;
alter table plan_position rename column discipline to seat;
alter table agenda_signal_seen rename column discipline to seat;
alter table escalation rename column discipline to seat;
alter table queue_item rename column discipline to seat;
alter table queue_event rename column discipline to seat;
alter table attention rename column discipline to seat;

create view decided_release as
select r.release_id, r.signal_id, r.household_id, r.kind, r.team_id, r.seat, r.disclosure, r.decided_at, r.on_consent,
    r.decision_set_id,
    case
        when r.decision is not null then r.decision
        when r.person_ids is null then w.words
        else cast(left(cast(w.words as text), -1) || ',"visiblePersons":' || array_to_json(r.person_ids) || '}' as json)
    end as decision
from release r left join decision_words w on w.words_id = r.words_id;

-- What was counted names seats from now on: counted anew.
update plan_tally set voids = voids + 1, epoch = null, counted_from = null, counted_until = null, counts = null;

-- Which organisation sits at a seat, for good: another one at the same name would read what the first was told.
create table seat (
    team_id text not null,
    name text not null,
    partner_id text not null,
    primary key (team_id, name)
);
