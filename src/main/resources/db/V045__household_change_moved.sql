-- What moved with a change, in which life of its plan a signal was; SINCE is what came later and went back when it
-- was undone.
create table household_change_moved (
    change_id uuid not null references household_change,
    what text not null check (what in ('ALIAS', 'SIGNAL', 'MATCH', 'SINCE')),
    alias_key bytea,
    signal_id uuid references signal,
    match_id uuid references household_match,
    from_epoch int,
    check (num_nonnulls(alias_key, signal_id, match_id) = 1)
);
create index household_change_moved_change on household_change_moved (change_id);
create index household_change_moved_signal on household_change_moved (signal_id) where signal_id is not null;
