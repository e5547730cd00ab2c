-- What was known when a signal was decided, once for all its recipients: classes, codes and pseudonyms. Append only.
create table decision_facts (
    facts_id uuid primary key,
    facts text not null
);
insert into decision_facts select decision_id, (request::json -> 'facts')::text from decision_log;
-- A response that is not there is the decision of the release itself.
alter table decision_log add column facts_id uuid;
update decision_log set facts_id = decision_id;
alter table decision_log alter column facts_id set not null, alter column response drop not null, drop column request;
