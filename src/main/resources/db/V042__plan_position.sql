-- The position of each partner in a weighing.
create table plan_position (
    weighing_id uuid not null references plan_weighing,
    team_id text not null,
    discipline text not null,
    position text not null check (position in ('PERSON', 'NEIGHBOURHOOD', 'BOTH')),
    reason_sealed bytea not null,
    dissents boolean not null,
    given_by text not null,
    given_at timestamptz not null,
    primary key (weighing_id, team_id, discipline)
);
