-- Who looked at a household without a signal, at its plan or at what it was asked to be merged with, is found by the household:
-- by a keyed pseudonym, for the citizen's export. Records of before have none.
alter table processing_log add column subject_key bytea;
create index processing_log_subject on processing_log (subject_key, end_time) where subject_key is not null;
