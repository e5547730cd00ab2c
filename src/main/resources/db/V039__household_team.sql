-- The team that took a household over; null for the team of its place.
alter table household add column team_id text;
