-- The quarters that were published, each once. column_count is how many cells an area has when none of them is left
-- out.
create table area_rollup_period (
    period text primary key,
    rollup_id uuid not null unique,
    column_count int not null,
    policy_version text not null,
    published_at timestamptz not null
);
