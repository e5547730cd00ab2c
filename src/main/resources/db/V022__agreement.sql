-- Every sharing agreement that ever was in force, as it was written: what was decided under it can be decided again.
create table agreement (
    policy_version text primary key,
    digest bytea not null,
    body text not null,
    in_force_at timestamptz not null
);
