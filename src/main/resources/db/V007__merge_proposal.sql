-- Two households that an alias says are one: proposed to a person, never merged by the hub.
create table merge_proposal (
    merge_proposal_id uuid primary key,
    household_id uuid not null references household,
    other_household_id uuid not null references household,
    alias_kind text not null,
    proposed_at timestamptz not null,
    unique (household_id, other_household_id, alias_kind)
);
