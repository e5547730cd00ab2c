-- The lead of one seat asked that of another for attention, for a reason from a list: nobody and no household is in it. One
-- stands per asking seat, asked seat and reason, until the asked one says that it is done.
create table attention_asked (
    asked_id uuid primary key,
    team_id text not null,
    by_seat text not null,
    seat text not null,
    reason text not null,
    asked_by text not null,
    asked_at timestamptz not null,
    done_by text,
    done_at timestamptz,
    constraint attention_asked_of_another check (seat <> by_seat),
    constraint attention_asked_done_by_somebody check ((done_by is null) = (done_at is null))
);
create unique index attention_asked_one_open on attention_asked (team_id, seat, by_seat, reason) where done_at is null;
