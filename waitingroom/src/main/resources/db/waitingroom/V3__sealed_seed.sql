-- A seed is stored sealed with a key that is not in this database; older ones are 32 bytes in clear.
ALTER TABLE line DROP CONSTRAINT line_seed_check;
ALTER TABLE line ADD CHECK (length(seed) >= 32);

-- Where the beacon will come from, announced before anybody knows its value. The draw then waits
-- for the value, even after the lobby is frozen.
ALTER TABLE line ADD COLUMN beacon_source text;
