-- What asks for somebody's attention on a plan: raised once, ended when it is over. It asks one pair, nearly always
-- the coordinator's seat: what others see is theirs.
create table attention (
    attention_id uuid primary key default gen_random_uuid(),
    kind text not null,
    team_id text not null,
    discipline text not null default 'MUNICIPALITY',
    plan_id uuid not null references plan,
    part_id uuid,
    since_at timestamptz not null,
    raised_at timestamptz not null,
    ended_at timestamptz
);
create unique index attention_one_open on attention (kind, team_id, plan_id, coalesce(part_id, plan_id))
    where ended_at is null;
create index attention_of_team on attention (team_id, since_at) where ended_at is null;
