-- The id by which each seat knows a plan: no two know it by the same, so that they cannot join what they were told. A seat
-- that was told of a plan before this knows it on by the id that it was given then.
create table plan_reference (
    plan_id uuid not null references plan on delete cascade,
    team_id text not null,
    seat text not null,
    known_as uuid not null,
    primary key (plan_id, team_id, seat)
);
create unique index plan_reference_known_as on plan_reference (known_as, team_id, seat);
insert into plan_reference (plan_id, team_id, seat, known_as)
    select told.plan_id, told.team_id, told.seat, told.plan_id from (
        select plan_id, team_id, seat from plan_signal_seen
        union
        select plan_id, team_id, seat from plan_participant where kind = 'PARTNER'
        union
        select plan_id, team_id, seat from escalation
        union
        select plan_id, team_id, 'MUNICIPALITY' from plan
        union
        select plan_id, team_id, coordinator_seat from plan where coordinator_seat is not null
        union
        select plan_id, to_team_id, 'MUNICIPALITY' from handover) told
        join plan on plan.plan_id = told.plan_id;
