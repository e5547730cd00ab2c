-- What a decision says, but for the persons who may be seen: no more words than the agreements have, however many are
-- decided alike. words_id comes from the words: who writes them first does not matter. Append only.
create table decision_words (
    words_id uuid primary key,
    words json not null
);

-- Only what was decided before has its decision in the release itself. That stays as it is: the digest of its log is over it.
-- Rule, ground and version stand among the words.
alter table release add column words_id uuid, add column person_ids uuid[],
    alter column decision drop not null,
    drop column rule_id, drop column ground, drop column policy_version;

-- Releases with their decisions, to the letter as they were logged: visiblePersons is the last of the names.
create view decided_release as
select r.release_id, r.signal_id, r.household_id, r.kind, r.team_id, r.discipline, r.disclosure, r.decided_at, r.on_consent,
    r.decision_set_id,
    case
        when r.decision is not null then r.decision
        when r.person_ids is null then w.words
        else cast(left(cast(w.words as text), -1) || ',"visiblePersons":' || array_to_json(r.person_ids) || '}' as json)
    end as decision
from release r left join decision_words w on w.words_id = r.words_id;
