-- Two households that may be one, or of which somebody may have moved to the other: proposed to a person, who
-- decides. What was decided can be undone; then it is proposed again. household_id is where it showed, match_key by
-- what: a keyed pseudonym of a BAG id or a BSN, or the key of a person.
create table household_match (
    match_id uuid primary key,
    household_id uuid not null references household,
    other_household_id uuid not null references household,
    kind text not null check (kind in ('BAG', 'PERSON', 'NAME_BIRTH')),
    match_key bytea not null,
    -- what showed it: who was never released that signal is not asked about it, nor told; while null, nobody is
    signal_id uuid,
    proposed_at timestamptz not null,
    decision text check (decision in ('MERGED', 'MOVED', 'BOTH', 'DIFFERENT')),
    reason_sealed bytea,
    decided_by text,
    decided_at timestamptz,
    undo_reason_sealed bytea,
    undone_by text,
    undone_at timestamptz,
    check (household_id <> other_household_id),
    check ((decision is null) = (reason_sealed is null and decided_by is null and decided_at is null)),
    check ((undone_at is null) = (undo_reason_sealed is null and undone_by is null)),
    check (undone_at is null or decision is not null)
);
create unique index household_match_open on household_match (
    least(household_id, other_household_id), greatest(household_id, other_household_id), kind, match_key)
    where decision is null;
create index household_match_pair on household_match (
    least(household_id, other_household_id), greatest(household_id, other_household_id))
    where decision is not null and undone_at is null;
create index household_match_of on household_match (household_id);
create index household_match_of_other on household_match (other_household_id);
create index household_match_waiting_of on household_match (household_id) where decision is null;
create index household_match_waiting_of_other on household_match (other_household_id) where decision is null;
