-- Codes sent by text message, one for a check, as keyed hashes.
CREATE TABLE phone_code (
  check_key  bytea PRIMARY KEY,
  code_key   bytea NOT NULL,
  tries_left int NOT NULL CHECK (tries_left >= 0),
  sent_at    timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX phone_code_expires ON phone_code (expires_at);

-- Messages of the last hour, by the keyed hash of the number: nobody's phone is flooded.
CREATE TABLE phone_message (
  number_key bytea NOT NULL,
  sent_at    timestamptz NOT NULL
);
CREATE INDEX phone_message_number ON phone_message (number_key);
CREATE INDEX phone_message_sent ON phone_message (sent_at);

-- Signed results that were used, by hash, until nobody would take them any more: each is good once.
CREATE TABLE used_result (
  result_key bytea PRIMARY KEY,
  until      timestamptz NOT NULL
);
CREATE INDEX used_result_until ON used_result (until);
