-- The one session of a person that counts. No row: logged out, or past its time.
CREATE TABLE session (
  person      bytea PRIMARY KEY,
  session     uuid NOT NULL,
  device      uuid NOT NULL,
  opened_at   timestamptz NOT NULL,
  lease       int NOT NULL,              -- seconds for which each use shuts other devices out
  lease_until timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL       -- when its last paper runs out
) WITH (fillfactor = 85);

-- Name, birth date and phone, sealed with AES-256-GCM and bound to the person's key.
CREATE TABLE person (
  person_key bytea PRIMARY KEY,
  sealed     bytea NOT NULL,
  updated_at timestamptz NOT NULL
);
