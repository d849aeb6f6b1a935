-- Lists of people that an agency imports, as keyed hashes of 8 bytes. Each import makes a new row.
CREATE TABLE person_list (
  id          int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign    smallint NOT NULL REFERENCES campaign,
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
