-- Scores on life domains (Zelfredzaamheid-Matrix 2017, 1..5), sealed: one set at the start of a life, one at its end.
create table plan_score (
    score_id uuid primary key,
    plan_id uuid not null references plan,
    epoch int not null,
    moment text not null check (moment in ('START', 'REVIEW', 'END')),
    scored_on date not null,
    scores_sealed bytea not null,
    made_at timestamptz not null
);
create unique index plan_score_once on plan_score (plan_id, epoch, moment) where moment <> 'REVIEW';
