-- When somebody last looked at the queue of a team, and when before that: what is new since then is marked.
create table board_visit (
    user_id text not null,
    team_id text not null,
    last_at timestamptz not null,
    before_at timestamptz,
    primary key (user_id, team_id)
);
