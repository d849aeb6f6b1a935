-- How often somebody was told at a full door to come back: they have come, though they have not entered.
ALTER TABLE waitingroom.door ADD COLUMN turned_away bigint NOT NULL DEFAULT 0;

-- How many people booked, since the program started: how often each of them asks is told by it.
ALTER TABLE waitingroom.booking_load ADD COLUMN served bigint NOT NULL DEFAULT 0;
