-- Every message that leaves, written before it goes. One that was recalled before it went is void and never goes.
-- event is the CloudEvent: ids, terms and levels alone, kept no longer than it takes to send it. An assignment goes
-- out under the id of its item. A recall first takes the message it recalls off the queue, if nobody took it yet.
create table delivery (
    delivery_id uuid primary key,
    address text not null,
    queue_item_id uuid,
    recalls_id uuid,
    event text,
    created_at timestamptz not null,
    sent_at timestamptz,
    void_at timestamptz,
    attempt_count int not null default 0,
    next_attempt_at timestamptz
);
create index delivery_unsent on delivery (created_at) where sent_at is null and void_at is null;
