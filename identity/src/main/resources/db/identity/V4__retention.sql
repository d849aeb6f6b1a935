-- Until when the campaigns that a person verified for need their data.
ALTER TABLE person ADD COLUMN keep_until timestamptz NOT NULL DEFAULT now() + interval '1 year';
ALTER TABLE person ALTER COLUMN keep_until DROP DEFAULT;
