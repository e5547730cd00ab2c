-- The address a household was first known by, sealed: a signal about somebody of it that names no address has its place.
alter table household add column address_sealed bytea;
