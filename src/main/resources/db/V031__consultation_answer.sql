-- What each care professional said to a question: that it may be theirs, and later what they advise. The advice of
-- the question itself is what it was settled with. Whom to call is sealed.
create table consultation_answer (
    answer_id uuid primary key,
    consultation_id uuid not null references consultation,
    professional text not null,
    claimed_at timestamptz,
    advice text,
    contact_sealed bytea,
    answered_at timestamptz,
    check ((advice is null) = (answered_at is null)),
    check (claimed_at is not null or answered_at is not null)
);
create unique index consultation_answer_one on consultation_answer (consultation_id, professional);
