-- How much a partner sent in an hour, how much of it was refused, and when it was last heard.
create table partner_traffic (
    partner_id text not null,
    hour_at timestamptz not null,
    accepted_count bigint not null default 0,
    refused_count bigint not null default 0,
    failed_count bigint not null default 0,
    last_at timestamptz not null,
    primary key (partner_id, hour_at)
);
