-- What a pair has to do as a partner is looked up from the pair.
create index plan_participant_pair on plan_participant (team_id, discipline) where left_at is null and kind = 'PARTNER';
