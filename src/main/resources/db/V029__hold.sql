-- What waits before it is released: one open hold per signal and recipient. A hold that was lifted is decided anew.
create table hold (
    hold_id uuid primary key,
    kind text not null,
    agreement_hold text not null,
    signal_id uuid not null references signal,
    household_id uuid,
    team_id text not null,
    discipline text not null,
    partner_id text not null,
    release_id uuid not null,
    held_at timestamptz not null,
    due_at timestamptz not null,
    lifted_at timestamptz,
    look_count int not null default 0,
    next_look_at timestamptz,
    ended_at timestamptz,
    outcome text
);
create unique index hold_one_open on hold (signal_id, team_id, discipline) where ended_at is null;
create index hold_due on hold (due_at) where ended_at is null;
create index hold_lifted on hold (due_at) where ended_at is null and lifted_at is not null;
create index hold_of_household on hold (household_id) where ended_at is null;
create index hold_of_partner on hold (partner_id, due_at) where ended_at is null;
create index hold_care on hold (signal_id) where kind = 'CONSULT_CARE_FIRST';
