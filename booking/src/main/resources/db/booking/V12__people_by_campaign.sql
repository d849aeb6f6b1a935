-- The people of one campaign stand together in the indexes, not among those of all earlier ones: a
-- new campaign writes few pages many times instead of many pages once (adr/0051).
DROP INDEX appointment_person;
CREATE UNIQUE INDEX appointment_person ON appointment (campaign, person, dose) WHERE active;
DROP INDEX appointment_cancelled;
CREATE INDEX appointment_cancelled ON appointment (campaign, person) WHERE NOT active;
ALTER TABLE person_day DROP CONSTRAINT person_day_pkey;
ALTER TABLE person_day ADD PRIMARY KEY (campaign, person);
