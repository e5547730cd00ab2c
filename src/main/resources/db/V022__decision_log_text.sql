-- The decision log is written at every decision and read by one: as text it is stored without being taken apart.
alter table decision_log alter column request type text, alter column response type text;
