-- Lists of people that an agency imports, as keyed hashes of 8 bytes. Each import makes a new row.
CREATE TABLE person_list (
  id          int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign    smallint NOT NULL,
  name        text NOT NULL,
  entries     int NOT NULL CHECK (entries >= 0),
  imported_at timestamptz NOT NULL,
  UNIQUE (campaign, name)
);

-- Ascending, big-endian, up to 65,536 of them to a row.
CREATE TABLE person_list_part (
  list         int NOT NULL REFERENCES person_list ON DELETE CASCADE,
  part         int NOT NULL,
  fingerprints bytea NOT NULL,
  PRIMARY KEY (list, part)
);
-- Hashes cannot be compressed; trying costs more than the disk does.
ALTER TABLE person_list_part ALTER COLUMN fingerprints SET STORAGE EXTERNAL;

-- Which events of appointments a helper caused, and for whom: written with the event.
CREATE TABLE helped_event (
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at          timestamptz NOT NULL,
  kind        smallint NOT NULL,         -- as in appointment_event
  appointment uuid NOT NULL,
  person      bytea NOT NULL,
  helper      bytea NOT NULL
);
CREATE INDEX helped_event_appointment ON helped_event (appointment);
CREATE INDEX helped_event_helper ON helped_event (helper);
