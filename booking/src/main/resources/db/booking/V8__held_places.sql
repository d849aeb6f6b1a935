-- Places that nobody has an appointment for and nobody else can take. A slot's booked is the number
-- of its active appointments and of its rows here.
CREATE TABLE held (
  id       uuid PRIMARY KEY,
  campaign smallint NOT NULL,
  slot     bigint NOT NULL,
  kind     smallint NOT NULL,           -- 1 on its way back, 2 hold, 3 offered to the waitlist
  person   bytea,                       -- for whom; null on its way back
  until    timestamptz NOT NULL,
  CHECK ((person IS NULL) = (kind = 1))
);
CREATE UNIQUE INDEX held_person ON held (person, campaign, kind) WHERE person IS NOT NULL;
CREATE INDEX held_until ON held (campaign, until);

-- How often somebody cancelled, moved or held on one day; one row for each person.
CREATE TABLE person_day (
  person   bytea NOT NULL,
  campaign smallint NOT NULL,
  day      date NOT NULL,
  changes  int NOT NULL,
  holds    int NOT NULL,
  PRIMARY KEY (person, campaign)
);
