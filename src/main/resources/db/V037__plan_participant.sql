-- Who takes part: a partner's discipline, which sees its own tasks, or an informal helper, who carries so much and no
-- more.
create table plan_participant (
    participant_id uuid primary key,
    plan_id uuid not null references plan,
    kind text not null check (kind in ('PARTNER', 'INFORMAL')),
    team_id text,
    discipline text,
    name_sealed bytea,
    contact_sealed bytea,
    load_limit int,
    joined_at timestamptz not null,
    left_at timestamptz,
    check ((kind = 'PARTNER') = (team_id is not null and discipline is not null)),
    check ((kind = 'INFORMAL') = (name_sealed is not null and load_limit is not null))
);
create unique index plan_participant_once on plan_participant (plan_id, team_id, discipline)
    where left_at is null and kind = 'PARTNER';
create index plan_participant_plan on plan_participant (plan_id);
-- What a pair has to do as a partner is looked up from the pair.
create index plan_participant_pair on plan_participant (team_id, discipline) where left_at is null and kind = 'PARTNER';
