-- A release that does not stand any more: its signal was superseded, or the consent it rested on is gone. Append only.
create table recall (
    release_id uuid primary key,
    reason text not null,
    recalled_at timestamptz not null
);
insert into recall
select r.release_id, w.reason, w.withdrawn_at
from withdrawal w join release r using (signal_id) where r.disclosure <> 'NONE';
-- What rests on consent is found again when somebody takes consent back.
alter table release add column on_consent boolean not null default false;
update release set on_consent = true where ground = 'CONSENT' and disclosure <> 'NONE';
create index release_on_consent on release (household_id) where on_consent;
create index person_by_key on person (person_key);
-- A consent may come by itself, without a signal.
alter table consent alter column signal_id drop not null;
-- A recall first takes the message it recalls off the queue, if nobody took it yet.
alter table delivery add column recalls_id uuid;
