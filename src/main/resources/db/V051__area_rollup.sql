-- Distinct households behind an area and a class of categories in a published quarter. What is not here is
-- suppressed. Append only.
create table area_rollup (
    period text not null references area_rollup_period,
    area text not null,
    category_class text not null,
    household_count int not null check (household_count >= 10),
    primary key (period, area, category_class)
);
