-- What was known when a signal was decided, once for all its recipients: classes, codes and pseudonyms. Append only.
create table decision_facts (
    facts_id uuid primary key,
    facts text not null
);
