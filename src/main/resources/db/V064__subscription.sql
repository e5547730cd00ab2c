-- Who asked to be told what, and how. Where to and with what credential is sealed. wake_at: when it has work;
-- leased_until: while somebody does it. Those without a partner_ref belong to the hub's own queues.
create table subscription (
    subscription_id uuid primary key,
    client_ref text not null,
    built_in boolean not null default false,
    types text[] not null,
    areas text[] not null,
    levels int[] not null,
    protocol text not null,
    sink_sealed bytea,
    credential_sealed bytea,
    address text,
    payload text,
    heartbeat_seconds int,
    status text not null,
    reason text,
    rate_per_minute int,
    last_sequence bigint not null default 0,
    created_at timestamptz not null,
    status_at timestamptz not null,
    wake_at timestamptz,
    leased_until timestamptz,
    failure_count int not null default 0,
    failing_since timestamptz,
    last_attempt_at timestamptz,
    last_success_at timestamptz,
    constraint subscription_protocol check (protocol in ('HTTP', 'AMQP', 'FHIR')),
    constraint subscription_status check (status in ('PENDING', 'ACTIVE', 'STOPPED', 'REFUSED')),
    constraint subscription_amqp_has_address check ((protocol = 'AMQP') = (address is not null)),
    constraint subscription_fhir_has_sink check (protocol <> 'FHIR' or sink_sealed is not null)
);
create index subscription_of_client on subscription (client_ref, created_at);
create index subscription_wakes on subscription (wake_at) where wake_at is not null;
create index subscription_leased on subscription (leased_until) where leased_until is not null;
create unique index subscription_built_in on subscription (address) where built_in;
