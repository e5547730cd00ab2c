-- One event for one subscription: written once, told when its right is there. A number is given when it is first let
-- go, and kept; has_reached: whether the receiver may have seen that number.
create table notification (
    notification_id uuid primary key,
    position bigint generated always as identity,
    subscription_id uuid not null references subscription,
    kind text not null,
    about_id uuid not null,
    subject text,
    sequence bigint,
    state text not null default 'WAITING',
    has_reached boolean not null default false,
    attempt_count int not null default 0,
    created_at timestamptz not null,
    retry_until timestamptz,
    settled_at timestamptz,
    failure text,
    constraint notification_kind check (kind in ('ESCALATION', 'CONSULT', 'FEEDBACK', 'RECALL')),
    constraint notification_state check (state in ('WAITING', 'SENT', 'VOID', 'DEAD')),
    constraint notification_sent_has_number check (state <> 'SENT' or sequence is not null),
    constraint notification_reached_has_number check (not has_reached or sequence is not null)
);
create unique index notification_once on notification (subscription_id, kind, about_id);
create unique index notification_number on notification (subscription_id, sequence) where sequence is not null;
create index notification_waiting on notification (subscription_id, position) where state = 'WAITING';
create index notification_about on notification (about_id);
