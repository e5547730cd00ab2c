-- Who takes part: a partner's discipline, which sees its own tasks, or an informal helper, who carries so much and no more.
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
-- What a household wants to reach on one life domain, in its own words or a professional's.
create table plan_goal (
    goal_id uuid primary key,
    plan_id uuid not null references plan,
    life_domain text not null,
    text_sealed bytea not null,
    written_by text not null check (written_by in ('RESIDENT', 'PROFESSIONAL')),
    state text not null check (state in ('OPEN', 'REACHED', 'DROPPED')),
    reason_sealed bytea,
    made_at timestamptz not null,
    ended_at timestamptz,
    check ((state = 'OPEN') = (ended_at is null)),
    check (state <> 'DROPPED' or reason_sealed is not null)
);
create index plan_goal_plan on plan_goal (plan_id);
-- One owner, one term. Late is no state: it is an open agreement past its day.
create table plan_agreement (
    agreement_id uuid primary key,
    plan_id uuid not null references plan,
    goal_id uuid references plan_goal,
    text_sealed bytea not null,
    owner_kind text not null check (owner_kind in ('COORDINATOR', 'HOUSEHOLD', 'PARTICIPANT')),
    participant_id uuid references plan_participant,
    rung text not null check (rung in ('OWN_NETWORK', 'COLLECTIVE', 'INDIVIDUAL')),
    rung_reason_sealed bytea,
    due_on date not null,
    state text not null check (state in ('OPEN', 'DONE', 'DROPPED')),
    reason_sealed bytea,
    made_at timestamptz not null,
    ended_at timestamptz,
    check ((owner_kind = 'PARTICIPANT') = (participant_id is not null)),
    check ((state = 'OPEN') = (ended_at is null)),
    check (state <> 'DROPPED' or reason_sealed is not null)
);
create index plan_agreement_plan on plan_agreement (plan_id);
create index plan_agreement_late on plan_agreement (due_on) where state = 'OPEN';
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
-- "Gaan we voor de persoon of gaan we voor de buurt?": the question, each partner's position, the decision.
create table plan_weighing (
    weighing_id uuid primary key,
    plan_id uuid not null references plan,
    question_sealed bytea not null,
    opened_at timestamptz not null,
    decision text check (decision in ('PERSON', 'NEIGHBOURHOOD', 'BOTH')),
    reason_sealed bytea,
    decided_by text,
    decided_at timestamptz,
    check ((decision is null) = (reason_sealed is null and decided_by is null and decided_at is null))
);
create index plan_weighing_plan on plan_weighing (plan_id);
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
-- Every step of a plan, in order. Append only; what was said in words is sealed.
create table plan_event (
    event_id uuid primary key,
    plan_id uuid not null references plan,
    epoch int not null,
    kind text not null,
    part_id uuid,
    user_id text,
    happened_at timestamptz not null,
    detail_sealed bytea
);
create index plan_event_plan on plan_event (plan_id, happened_at, event_id);
