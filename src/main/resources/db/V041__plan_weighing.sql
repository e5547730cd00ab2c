-- "Gaan we voor de persoon of gaan we voor de buurt?": the question and the decision.
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
