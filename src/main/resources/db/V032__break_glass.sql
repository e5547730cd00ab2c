-- Who broke the glass, for whom and why: reason and interest are sealed. The review is written once.
create table break_glass (
    break_glass_id uuid primary key,
    user_id text not null,
    team_id text not null,
    discipline text not null,
    household_id uuid,
    signal_count int not null,
    reason_sealed bytea not null,
    used_at timestamptz not null,
    reviewed_at timestamptz,
    reviewed_by text,
    outcome text
);
