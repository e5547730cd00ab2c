-- Health looks by writing: the one row that is written.
create table pulse (
    pulse_id smallint primary key check (pulse_id = 1),
    beat_at timestamptz not null
);
insert into pulse (pulse_id, beat_at) values (1, now());
