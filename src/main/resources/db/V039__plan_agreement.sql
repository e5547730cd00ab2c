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
create index plan_agreement_participant on plan_agreement (participant_id) where participant_id is not null;
