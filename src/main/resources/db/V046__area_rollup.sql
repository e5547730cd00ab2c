-- The quarters that were published, each once. column_count is how many cells an area has when none of them is left out.
create table area_rollup_period (
    period text primary key,
    rollup_id uuid not null unique,
    column_count int not null,
    policy_version text not null,
    published_at timestamptz not null
);
-- Distinct households behind an area and a class of categories in a published quarter. What is not here is suppressed. Append only.
create table area_rollup (
    period text not null references area_rollup_period,
    area text not null,
    category_class text not null,
    household_count int not null check (household_count >= 10),
    primary key (period, area, category_class)
);
-- The signals that were worked in a quarter stand together: a few pages of index find them.
create index signal_worked on signal using brin (worked_at);
