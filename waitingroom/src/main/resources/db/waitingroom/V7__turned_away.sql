-- How often somebody was told at a full door to come back: they have come, though they have not entered.
ALTER TABLE waitingroom.door ADD COLUMN turned_away bigint NOT NULL DEFAULT 0;
