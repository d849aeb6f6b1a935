-- By which keys the people in this database are known: another secret would make everybody a
-- stranger, who may book once more. It says nothing about the secret.

CREATE TABLE identity.key_mark (
  mark bytea PRIMARY KEY,
  single boolean NOT NULL DEFAULT true UNIQUE CHECK (single)
);
