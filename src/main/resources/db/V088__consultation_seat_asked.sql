-- When the seat of welfare or community work asked itself: whoever asked care the same before is not told by it.
alter table consultation add column asked_seat_at timestamptz;
update consultation set asked_seat_at = asked_at where asked_seat is not null;
